import { BinaryValue, DateValue, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Txn } from '../storage/txn.ts'

/** Sessions nobody has used for this long are forgotten (announced in `hello`). */
export const SESSION_TIMEOUT_MINUTES = 30
/** Transactions may not last longer: they pin a snapshot of the whole file. */
export const TRANSACTION_LIFETIME_MS = 60_000

export interface Session {
  /** The 16 bytes of its UUID, one character each. */
  key: string
  lastUse: number
  txnNumber: bigint
  transaction: { txn: Txn; expires: number } | undefined
  /** How the transaction `txnNumber` ended; undefined while it runs or when the number was of a retryable write. */
  outcome: 'committed' | 'aborted' | undefined
}

/** Logical sessions, known by what the client says they are called. */
export class Sessions {
  private readonly sessions = new Map<string, Session>()

  constructor(private readonly onEnd: (session: Session) => void) {}

  /** @throws StoreError 9 for something that is no session id */
  use(lsid: Value | undefined): Session | undefined {
    if (lsid === undefined) return undefined
    const key = sessionKey(lsid)
    let session = this.sessions.get(key)
    if (!session) {
      session = { key, lastUse: 0, txnNumber: -1n, transaction: undefined, outcome: undefined }
      this.sessions.set(key, session)
    }
    session.lastUse = Date.now()
    return session
  }

  abortTransaction(session: Session): void {
    if (!session.transaction) return
    session.transaction.txn.abort()
    session.transaction = undefined
    session.outcome = 'aborted'
  }

  end(lsid: Value): void {
    const session = this.sessions.get(sessionKey(lsid))
    if (session) this.forget(session)
  }

  endAll(): void {
    for (const session of [...this.sessions.values()]) this.forget(session)
  }

  /** Aborts transactions that last too long and forgets idle sessions. */
  expire(now = Date.now()): void {
    for (const session of [...this.sessions.values()]) {
      if (session.transaction && session.transaction.expires <= now) this.abortTransaction(session)
      if (session.lastUse + SESSION_TIMEOUT_MINUTES * 60_000 <= now) this.forget(session)
    }
  }

  private forget(session: Session): void {
    this.abortTransaction(session)
    this.sessions.delete(session.key)
    this.onEnd(session)
  }

  /** What `$listLocalSessions` shows. */
  list(): Doc[] {
    return [...this.sessions.values()].map((session) =>
      doc({
        _id: doc({ id: new BinaryValue(Buffer.from(session.key, 'latin1'), 4) }),
        lastUse: new DateValue(session.lastUse),
      }),
    )
  }

  get size(): number {
    return this.sessions.size
  }
}

export function sessionKey(lsid: Value): string {
  const id = isDoc(lsid) ? lsid.get('id') : undefined
  if (!(id instanceof BinaryValue) || id.bytes.length !== 16) throw new StoreError(9, "'lsid.id' must be a UUID")
  return id.bytes.latin1Slice()
}
