import type { Value, Doc } from '../bson/values.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Variables } from '../expression/scope.ts'
import type { Scram } from '../scram.ts'
import type { FailPoint } from './failPoint.ts'
import type { Cursors } from '../session/cursors.ts'
import type { Session, Sessions } from '../session/sessions.ts'
import type { Store } from '../storage/store.ts'
import type { Txn } from '../storage/txn.ts'

/** What every command may use of the running store. */
export interface Engine {
  store: Store
  catalogue: Catalogue
  sessions: Sessions
  cursors: Cursors
  /** Seconds between sweeps of expired documents; suites set it by `ttlMonitorSleepSecs`. */
  setSweepInterval(seconds: number): void
  /** `host:port` or the path of the socket, as told in `hello`. */
  address: string
  startedAt: number
  connections(): number
  /** Failures a test has ordered; undefined in a store that is not started for tests. */
  failPoint: FailPoint | undefined
  parameters: Map<string, Value>
  /** Set where clients have to authenticate: on TCP. */
  scram: Scram | undefined
  /** Writes a copy into a directory; undefined where anybody could ask for it. */
  backup: ((directory: string) => Promise<void>) | undefined
}

/** One command being run. */
export interface Command {
  engine: Engine
  name: string
  body: Doc
  database: string
  txn: Txn
  session: Session | undefined
  inTransaction: boolean
  connectionId: number
  variables: Variables
  /** Milliseconds since 1970 when the statement began. */
  now: number
}

export interface CommandType {
  /** Runs without awaiting: what it wrote is committed when it returns. */
  run(command: Command): Doc
  /** Top-level fields it understands, besides the common ones. */
  fields: readonly string[]
  /** Answered also by a store that has stopped, for a client that cannot connect does not hear why. */
  always?: boolean
  /** May run in a multi-document transaction. */
  transactional?: boolean
  /** Its reply is kept with the commit, so that a repeated txnNumber is answered and not done again. */
  retryable?: boolean
}

/** Fields any command may carry. */
export const COMMON_FIELDS = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  '$configServerState',
  'mayBypassWriteBlocking',
])
