import {
  ClientSession,
  Collection,
  type CommandFailedEvent,
  type CommandStartedEvent,
  type CommandSucceededEvent,
  Db,
  GridFSBucket,
  MongoClient,
  type MongoClientOptions,
  ReadConcern,
  WriteConcern,
} from 'mongodb'
import type { Named } from './matchUnified.ts'
import type { Json } from './unifiedSpec.ts'

export type CommandEvent = CommandStartedEvent | CommandSucceededEvent | CommandFailedEvent
export type Watched = { type: string; event: CommandEvent | Json }

/** A copy as it is now: the driver goes on changing the documents it sent. */
function snapshot<T>(value: T): T {
  if (Array.isArray(value)) return value.map(snapshot) as T
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return isReadConcern(value) ? { ...value } : value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, snapshot(item)])) as T
}

const isReadConcern = (value: unknown): boolean => value instanceof ReadConcern || value instanceof WriteConcern

/** Clients, databases, collections, sessions and buckets of one test, by the name the test gives them. */
export class Entities implements Named {
  private readonly things = new Map<string, unknown>()
  private readonly lsids = new Map<string, unknown>()
  readonly events = new Map<string, Watched[]>()

  constructor(private readonly uri: string) {}

  entity(name: string): unknown {
    if (!this.things.has(name)) throw new Error(`no entity '${name}'`)
    return this.things.get(name)
  }

  save(name: string, value: unknown): void {
    this.things.set(name, value)
  }

  lsid(session: string): unknown {
    return this.lsids.get(session)
  }

  client = (name: string): MongoClient => this.typed(name, MongoClient)
  database = (name: string): Db => this.typed(name, Db)
  collection = (name: string): Collection => this.typed(name, Collection)
  session = (name: string): ClientSession => this.typed(name, ClientSession)

  private typed<T>(name: string, type: abstract new (...args: never[]) => T): T {
    const thing = this.entity(name)
    if (!(thing instanceof type)) throw new Error(`'${name}' is no ${type.name}`)
    return thing
  }

  async create(definitions: Record<string, Json>[]): Promise<void> {
    for (const definition of definitions) {
      const [kind, options] = Object.entries(definition)[0]!
      this.things.set(options.id as string, await this.make(kind, options))
    }
  }

  private async make(kind: string, options: Json): Promise<unknown> {
    switch (kind) {
      case 'client':
        return this.makeClient(options)
      case 'database':
        return this.client(options.client as string).db(options.databaseName as string, options.databaseOptions ?? {})
      case 'collection':
        return this.database(options.database as string).collection(
          options.collectionName as string,
          options.collectionOptions ?? {},
        )
      case 'session': {
        const session = this.client(options.client as string).startSession(options.sessionOptions ?? {})
        this.lsids.set(options.id as string, session.id)
        return session
      }
      case 'bucket':
        return new GridFSBucket(this.database(options.database as string), options.bucketOptions ?? {})
      default:
        throw new Error(`the runner does not know the entity '${kind}'`)
    }
  }

  private async makeClient(options: Json): Promise<MongoClient> {
    const watched = new Set((options.observeEvents ?? []) as string[])
    const ignored = new Set([
      ...((options.ignoreCommandMonitoringEvents ?? []) as string[]),
      'configureFailPoint',
      'hello',
      'ismaster',
    ])
    const { readConcernLevel, ...given } = (options.uriOptions ?? {}) as Json
    const settings = {
      monitorCommands: true,
      // A server that a failure made look lost is looked at again at once, not after half a second.
      minHeartbeatFrequencyMS: 10,
      ...(readConcernLevel !== undefined && { readConcernLevel }),
      ...given,
    } as MongoClientOptions
    const client = new MongoClient(this.uri, settings)
    const list: Watched[] = []
    this.events.set(options.id as string, list)
    const record = (type: string) => (event: CommandEvent) => {
      if (watched.has(type) && !ignored.has(event.commandName))
        list.push({
          type,
          event: {
            ...event,
            command: snapshot((event as CommandStartedEvent).command),
            reply: (event as CommandSucceededEvent).reply,
          },
        })
    }
    client.on('commandStarted', record('commandStartedEvent'))
    client.on('commandSucceeded', record('commandSucceededEvent'))
    client.on('commandFailed', record('commandFailedEvent'))
    if (watched.has('connectionCheckOutStartedEvent'))
      client.on('connectionCheckOutStarted', (event) =>
        list.push({ type: 'connectionCheckOutStartedEvent', event: event as unknown as Json }),
      )
    // A client that prefers secondaries would wait for one.
    if (given.readPreference === undefined) await client.connect()
    list.length = 0
    return client
  }

  async close(): Promise<void> {
    for (const thing of this.things.values())
      if (thing instanceof ClientSession) await thing.endSession().catch(() => undefined)
    for (const thing of this.things.values()) if (thing instanceof MongoClient) await thing.close()
  }
}
