import mongoose, {
  type ClientSession,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
} from 'mongoose'
import { AppendOnlyCollection } from './AppendOnlyCollection.ts'
import type {
  AcceptanceDoc,
  AuditAnchorDoc,
  AttemptDoc,
  AuditDoc,
  AuditSealDoc,
  CounterDoc,
  ExportDoc,
  FileDoc,
  FormDraftDoc,
  HistoryDoc,
  ImportDoc,
  ImportRowDoc,
  IncidentDoc,
  InstanceDoc,
  NoticeDoc,
  OutboxDoc,
  PackDraftDoc,
  PackVersionDoc,
  SubstitutionDoc,
  PasswordTokenDoc,
  RecordDoc,
  RequestDoc,
  SecondFactorDoc,
  SessionDoc,
  RolesChangeDoc,
  SavedViewDoc,
  RolesOverlayDoc,
  ScheduleDoc,
  SettingsDoc,
  TaskDoc,
  TimerDoc,
  UserDoc,
  VisitDoc,
} from './documents.ts'
import { collectionNames, recordSchema, schemaOf, type CollectionName } from './schemas.ts'
import { readStoreStatus, type StoreStatus } from './storeStatus.ts'
import { TenantCollection } from './TenantCollection.ts'
import { TransactionMemory } from './TransactionMemory.ts'
import { MustWait, Turns } from './Turns.ts'

/** Rows that a step adds and does not look at again: a transaction sends them together. */
const appended: ReadonlySet<CollectionName> = new Set(['history', 'visits', 'audit', 'outbox', 'notices', 'requests'])

/** What nobody changes or removes, not even the product. */
const appendOnly: ReadonlySet<CollectionName> = new Set(['audit', 'auditSeals', 'auditAnchors', 'acceptances'])

type AnyModel = Model<Record<string, unknown>>

/** The collections as one tenant sees them, inside one transaction or none. */
export interface Db {
  users: TenantCollection<UserDoc>
  sessions: TenantCollection<SessionDoc>
  passwordTokens: TenantCollection<PasswordTokenDoc>
  attempts: TenantCollection<AttemptDoc>
  secondFactors: TenantCollection<SecondFactorDoc>
  substitutions: TenantCollection<SubstitutionDoc>
  packVersions: TenantCollection<PackVersionDoc>
  packDrafts: TenantCollection<PackDraftDoc>
  instances: TenantCollection<InstanceDoc>
  tasks: TenantCollection<TaskDoc>
  history: TenantCollection<HistoryDoc>
  visits: TenantCollection<VisitDoc>
  audit: AppendOnlyCollection<AuditDoc>
  acceptances: AppendOnlyCollection<AcceptanceDoc>
  auditSeals: AppendOnlyCollection<AuditSealDoc>
  auditAnchors: AppendOnlyCollection<AuditAnchorDoc>
  outbox: TenantCollection<OutboxDoc>
  timers: TenantCollection<TimerDoc>
  incidents: TenantCollection<IncidentDoc>
  notices: TenantCollection<NoticeDoc>
  formDrafts: TenantCollection<FormDraftDoc>
  savedViews: TenantCollection<SavedViewDoc>
  requests: TenantCollection<RequestDoc>
  counters: TenantCollection<CounterDoc>
  fileInfos: TenantCollection<FileDoc>
  exports: TenantCollection<ExportDoc>
  imports: TenantCollection<ImportDoc>
  importRows: TenantCollection<ImportRowDoc>
  schedules: TenantCollection<ScheduleDoc>
  settings: TenantCollection<SettingsDoc>
  rolesOverlays: TenantCollection<RolesOverlayDoc>
  rolesChanges: TenantCollection<RolesChangeDoc>
  records(entity: string): TenantCollection<RecordDoc>
  /** The next number of a named sequence; inside a transaction it leaves no gap. */
  next(counter: string): Promise<number>
}

/** The database connection: models, transactions, files. One per process. */
export class Store {
  readonly connection: Connection
  readonly #models = new Map<string, AnyModel>()
  readonly #turns = new Turns()

  private constructor(connection: Connection) {
    this.connection = connection
    for (const name of collectionNames) {
      const { collection, schema } = schemaOf(name)
      this.#models.set(name, connection.model(name, schema, collection) as unknown as AnyModel)
    }
  }

  /** Connects and builds the platform's indexes. `database` overrides the name in the URI. */
  static async open(uri: string, database = 'cauce'): Promise<Store> {
    const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/[^?]/.test(uri)
    const connection = await mongoose
      .createConnection(uri, {
        ...(named ? {} : { dbName: database }),
        autoIndex: false,
        serverSelectionTimeoutMS: 10_000,
      })
      .asPromise()
    const store = new Store(connection)
    await Promise.all(collectionNames.map(async (name) => store.#model(name).createCollection()))
    await Promise.all(collectionNames.map(async (name) => store.#model(name).createIndexes()))
    return store
  }

  #model(name: CollectionName): AnyModel {
    const model = this.#models.get(name)
    if (!model) throw new Error(`no model ${name}`)
    return model
  }

  #recordModel(entity: string): AnyModel {
    const key = `records:${entity}`
    let model = this.#models.get(key)
    if (!model) {
      model = this.connection.model(
        key,
        recordSchema(),
        `records_${entity.replaceAll('-', '_')}`,
      ) as unknown as AnyModel
      this.#models.set(key, model)
    }
    return model
  }

  /** Builds what a definition asks for on a records collection; indexes it no longer asks for are dropped. */
  async ensureRecordIndexes(
    entity: string,
    indexes: { keys: IndexDefinition; options?: IndexOptions }[],
  ): Promise<void> {
    const model = this.#recordModel(entity)
    await model.createCollection()
    const collection = model.collection
    const wanted = new Set<string>(['_id_'])
    const existing = (await collection.listIndexes().toArray()) as (IndexOptions & { key: object })[]
    for (const { keys, options } of indexes) {
      // The same keys with another meaning (no longer unique, say): the store does not change an index in place.
      const old = existing.find(({ key }) => JSON.stringify(key) === JSON.stringify(keys))
      if (old?.name && !isSameIndex(old, options ?? {})) await collection.dropIndex(old.name)
      wanted.add(
        await collection.createIndex(keys as Record<string, 1 | -1>, { ...(options as Record<string, unknown>) }, {}),
      )
    }
    for (const { name } of (await collection.listIndexes().toArray()) as { name: string }[]) {
      if (!wanted.has(name)) await collection.dropIndex(name)
    }
  }

  /** The collections outside any transaction. */
  db(tenant: string): Db {
    return this.#collections(tenant, null, null, () => undefined)
  }

  /** The same, for reading: what was asked once is not asked again. For the moments of one request, never longer. */
  reader(tenant: string): Db {
    return this.#collections(tenant, null, new TransactionMemory(), () => undefined)
  }

  #collections(
    tenant: string,
    session: ClientSession | null,
    memory: TransactionMemory | null,
    turn: (name: string) => void,
  ): Db {
    const make = <T extends { _id: string }>(model: AnyModel): TenantCollection<T> =>
      new TenantCollection<T>(model, tenant, session, memory)
    const fixed = Object.fromEntries(
      collectionNames.map((name) => {
        const kind = appendOnly.has(name) ? AppendOnlyCollection : TenantCollection
        return [name, new kind(this.#model(name), tenant, session, memory, session !== null && appended.has(name))]
      }),
    )
    const counters = fixed.counters as unknown as TenantCollection<CounterDoc>
    return {
      ...(fixed as unknown as Omit<Db, 'records' | 'next'>),
      records: (entity) => make<RecordDoc>(this.#recordModel(entity)),
      next: async (counter) => {
        const id = `${tenant}:${counter}`
        turn(id)
        const document = await counters.findOneAndUpdate({ _id: id }, { $inc: { value: 1 } }, { upsert: true })
        return document?.value ?? 1
      },
    }
  }

  /**
   * Runs `work` in one transaction, again when another transaction wrote the same documents first. Where work of this
   * process counts in the same sequence, it waits for its turn before the transaction begins: inside one, what it read
   * would be old by then, and what it wrote would stand in the way.
   */
  async transaction<T>(tenant: string, work: (db: Db) => Promise<T>): Promise<T> {
    const wanted = new Set<string>()
    for (;;) {
      const turns = new Map<string, () => void>()
      // Everybody takes them in the same order: nobody waits for who waits for him.
      for (const name of [...wanted].sort()) turns.set(name, await this.#turns.take(name))
      try {
        return await this.#transactionWith(tenant, turns, work)
      } catch (error) {
        if (!(error instanceof MustWait)) throw error
        wanted.add(error.turn)
      } finally {
        for (const end of turns.values()) end()
      }
    }
  }

  async #transactionWith<T>(tenant: string, turns: Map<string, () => void>, work: (db: Db) => Promise<T>): Promise<T> {
    const takeTurn = (name: string): void => {
      if (turns.has(name)) return
      const end = this.#turns.tryTake(name)
      if (!end) throw new MustWait(name)
      turns.set(name, end)
    }
    return this.connection.withSession(async (session) => {
      let result!: T
      await session.withTransaction(
        async () => {
          const memory = new TransactionMemory()
          result = await work(this.#collections(tenant, session, memory, takeTurn))
          await memory.flush()
        },
        { readConcern: { level: 'snapshot' }, writeConcern: new mongoose.mongo.WriteConcern('majority') },
      )
      return result
    })
  }

  /** GridFS, for file contents. */
  get files(): mongoose.mongo.GridFSBucket {
    const database = this.connection.db
    if (!database) throw new Error('not connected')
    return new mongoose.mongo.GridFSBucket(database, { bucketName: 'files' })
  }

  /** Rejects when the database does not answer within two seconds. */
  async ping(): Promise<void> {
    await this.connection.db?.command({ ping: 1 }, { timeoutMS: 2000 })
  }

  /** Bytes of the data and its indexes, as the database counts them. */
  async size(): Promise<number> {
    const stats = (await this.connection.db?.command({ dbStats: 1 })) as
      { dataSize?: number; indexSize?: number } | undefined
    return (stats?.dataSize ?? 0) + (stats?.indexSize ?? 0)
  }

  status(): Promise<StoreStatus> {
    return readStoreStatus(this.connection.db)
  }

  async close(): Promise<void> {
    await this.connection.close()
  }
}

const isSameIndex = (a: IndexOptions, b: IndexOptions): boolean =>
  (a.unique ?? false) === (b.unique ?? false) &&
  JSON.stringify(a.partialFilterExpression ?? null) === JSON.stringify(b.partialFilterExpression ?? null)

/** True when the database cannot be reached (any more). */
export function isStoreGone(error: unknown): boolean {
  // An insert of several documents that the connection broke under: what the database refuses has a code.
  if (error instanceof mongoose.mongo.MongoBulkWriteError && error.code === undefined) return true
  const { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError } =
    mongoose.mongo
  return [MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError].some(
    (kind) => error instanceof kind,
  )
}

/** True when other transactions wrote the same documents first, again and again, until the time for trying was over. */
export function isContended(error: unknown): boolean {
  return (
    error instanceof mongoose.mongo.MongoError &&
    error.hasErrorLabel('TransientTransactionError') &&
    !isStoreGone(error)
  )
}

/** True when a unique index refused the write. */
export function isDuplicateKey(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000
}
