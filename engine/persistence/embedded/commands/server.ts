import { hostname } from 'node:os'
import { BinaryValue, DateValue, doc, int32, integer, ObjectIdValue, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { SESSION_TIMEOUT_MINUTES } from '../session/sessions.ts'
import { MAX_MESSAGE_BYTES } from '../wire/frame.ts'
import type { Command, CommandType } from './command.ts'
import { MAX_BATCH, MAX_DOCUMENT_BYTES } from './insert.ts'
import { wholeNumber } from '../bson/numbers.ts'

/** The version whose behaviour is followed. Wire version 21 goes with it. */
export const SERVER_VERSION = '7.0.0'
const WIRE_VERSION = 21
const SET_NAME = 'cauce'

const electionId = new ObjectIdValue(Buffer.from('7fffffff0000000000000001', 'hex'))

/** Tells drivers they talk to the primary of a replica set, for only there do they use transactions. */
function hello({ engine, connectionId, now, name, body }: Command): Doc {
  return doc({
    helloOk: true,
    [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    secondary: false,
    setName: SET_NAME,
    setVersion: int32(1),
    hosts: [engine.address],
    me: engine.address,
    primary: engine.address,
    electionId,
    // No topologyVersion: with it drivers would ask for a streaming hello.
    maxBsonObjectSize: int32(MAX_DOCUMENT_BYTES),
    maxMessageSizeBytes: int32(MAX_MESSAGE_BYTES),
    maxWriteBatchSize: int32(MAX_BATCH),
    localTime: new DateValue(now),
    logicalSessionTimeoutMinutes: int32(SESSION_TIMEOUT_MINUTES),
    connectionId: int32(connectionId),
    minWireVersion: int32(0),
    maxWireVersion: int32(WIRE_VERSION),
    readOnly: false,
    saslSupportedMechs: engine.scram && body.has('saslSupportedMechs') ? ['SCRAM-SHA-256'] : undefined,
  })
}

const HELLO_FIELDS = [
  'hello',
  'ismaster',
  'isMaster',
  'helloOk',
  'client',
  'compression',
  'backpressure',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'loadBalanced',
  'hostInfo',
  'internalClient',
]

const fixed = (name: string, run: (command: Command) => Doc, fields: string[] = []): CommandType => ({
  fields: [name, ...fields],
  run,
})

export const serverCommands: Record<string, CommandType> = {
  hello: { fields: HELLO_FIELDS, run: hello, always: true },
  ismaster: { fields: HELLO_FIELDS, run: hello, always: true },
  isMaster: { fields: HELLO_FIELDS, run: hello, always: true },
  ping: fixed('ping', () => doc({})),
  buildInfo: fixed(
    'buildInfo',
    () =>
      doc({
        version: SERVER_VERSION,
        versionArray: [int32(7), int32(0), int32(0), int32(0)],
        gitVersion: 'embedded store',
        modules: [],
        bits: int32(64),
        maxBsonObjectSize: int32(MAX_DOCUMENT_BYTES),
        storageEngines: ['lmdb'],
      }),
    ['buildinfo'],
  ),
  hostInfo: fixed('hostInfo', ({ now }) =>
    doc({
      system: doc({ currentTime: new DateValue(now), hostname: hostname() }),
      os: doc({ type: process.platform }),
      extra: doc({}),
    }),
  ),
  serverStatus: fixed(
    'serverStatus',
    ({ engine, now }) => {
      const stats = engine.store.stats()
      const size = engine.store.disk.size()
      return doc({
        host: engine.address,
        version: SERVER_VERSION,
        process: 'embedded store',
        pid: int32(process.pid),
        uptime: (now - engine.startedAt) / 1000,
        localTime: new DateValue(now),
        connections: doc({ current: int32(engine.connections()) }),
        storageEngine: doc({ name: 'lmdb', persistent: true }),
        transactions: doc({ currentOpen: int32(stats.openTransactions) }),
        metrics: doc({
          commits: integer(stats.commits),
          flushes: integer(stats.flushes),
          cursor: doc({ open: doc({ total: int32(engine.cursors.size) }) }),
        }),
        embeddedStore: doc({
          fileBytes: integer(size.fileBytes),
          usedBytes: integer(size.usedBytes),
          mapBytes: integer(size.mapBytes),
          freeBytes: integer(size.freeBytes),
          unflushedKeys: integer(stats.unflushedKeys),
          lastFlush: stats.lastFlush === undefined ? undefined : new DateValue(stats.lastFlush),
        }),
      })
    },
    ['repl', 'metrics', 'locks'],
  ),
  connectionStatus: fixed(
    'connectionStatus',
    () => doc({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) }),
    ['showPrivileges'],
  ),
  getParameter: {
    fields: ['getParameter'],
    run: ({ engine, body }) => {
      const reply: Doc = new Map()
      const everything = body.get('getParameter') === '*'
      for (const [name, value] of engine.parameters) if (everything || body.has(name)) reply.set(name, value)
      if (reply.size === 0) throw new StoreError(72, 'no option found to get')
      return reply
    },
  },
  setParameter: {
    fields: ['setParameter', 'ttlMonitorSleepSecs'],
    run: ({ engine, body }) => {
      const reply: Doc = new Map()
      for (const [name, value] of body) {
        if (name === 'setParameter' || name.startsWith('$') || name === 'lsid') continue
        const before = engine.parameters.get(name)
        if (before === undefined) throw new StoreError(72, `attempted to set unrecognized parameter [${name}]`)
        const seconds = wholeNumber(value)
        if (seconds === undefined || seconds < 1) throw new StoreError(2, `${name} must be a positive whole number`)
        engine.parameters.set(name, value)
        engine.setSweepInterval(seconds)
        reply.set('was', before)
      }
      return reply
    },
  },
  endSessions: {
    fields: ['endSessions'],
    run: ({ engine, body }) => {
      for (const lsid of listOf(body, 'endSessions')) engine.sessions.end(lsid)
      return doc({})
    },
  },
  refreshSessions: {
    fields: ['refreshSessions'],
    run: ({ engine, body }) => {
      for (const lsid of listOf(body, 'refreshSessions')) engine.sessions.use(lsid)
      return doc({})
    },
  },
  startSession: {
    fields: ['startSession'],
    run: ({ engine }) => {
      const id = new BinaryValue(Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex'), 4)
      engine.sessions.use(doc({ id }))
      return doc({ id: doc({ id }), timeoutMinutes: int32(SESSION_TIMEOUT_MINUTES) })
    },
  },
  killSessions: {
    fields: ['killSessions'],
    run: ({ engine, body }) => {
      const list = listOf(body, 'killSessions')
      if (list.length === 0) engine.sessions.endAll()
      for (const lsid of list) engine.sessions.end(lsid)
      return doc({})
    },
  },
  killAllSessions: {
    fields: ['killAllSessions'],
    run: ({ engine }) => {
      engine.sessions.endAll()
      return doc({})
    },
  },
}

function listOf(body: Doc, name: string): Value[] {
  const list = body.get(name)
  if (!Array.isArray(list)) throw new StoreError(14, `BSON field '${name}' must be an array`)
  return list
}
