import { encode } from '../bson/encode.ts'
import { RawDoc, type Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Txn } from '../storage/txn.ts'

/** Documents of a first batch when the client does not say. */
export const FIRST_BATCH = 101
/** A reply holds at most this many bytes of documents, and so much of a result is read ahead when a cursor is opened. */
const BATCH_BYTES = 16 * 1024 * 1024
/** MongoDB's limit for a document inside the server: the largest stored one and 16 KB for what a query adds. */
const LARGEST_RESULT = 16 * 1024 * 1024 + 16 * 1024
/** What all open cursors together may have read ahead; beyond it they keep a snapshot from the start. */
const READ_AHEAD_BYTES = 64 * 1024 * 1024
/** Cursors nobody has asked for this long are closed. */
const IDLE_MS = 10 * 60_000

interface Cursor {
  id: bigint
  namespace: string
  sessionKey: string | undefined
  /** Read ahead. */
  buffered: RawDoc[]
  position: number
  bufferedBytes: number
  /** What has not been read yet, on a snapshot of `txn`. */
  rest: Iterator<RawDoc | Doc> | undefined
  txn: Txn
  lastUse: number
  /** Inside a transaction the snapshot is the transaction's, and the cursor ends with it. */
  inTransaction: boolean
}

/** Who asks for a cursor: it belongs to its session, and to its transaction if it was opened in one. */
export interface CursorUser {
  namespace: string
  txn: Txn
  sessionKey: string | undefined
  inTransaction: boolean
}

export interface Batch {
  id: bigint
  documents: RawDoc[]
}

/** Open cursors. Results up to 16 MB are read at once while there is room; others keep a snapshot until they end. */
export class Cursors {
  private readonly cursors = new Map<bigint, Cursor>()
  private nextId = BigInt(Date.now()) * 1000n
  private bufferedBytes = 0

  /**
   * Reads the first batch of `count` documents and opens a cursor if there is more and `single` is not set.
   * @throws StoreError 10334 for a result of more than 16 MB
   */
  open(results: Iterable<RawDoc | Doc>, user: CursorUser, how: { count: number; single?: boolean }): Batch {
    const iterator = results[Symbol.iterator]()
    const first = take(iterator, how.count, BATCH_BYTES)
    if (first.done || how.single) {
      iterator.return?.()
      return { id: 0n, documents: first.documents }
    }
    const ahead = take(iterator, Infinity, Math.min(BATCH_BYTES, READ_AHEAD_BYTES - this.bufferedBytes))
    if (ahead.done && ahead.documents.length === 0) return { id: 0n, documents: first.documents }
    if (!ahead.done && !user.inTransaction) user.txn.hold()
    const cursor: Cursor = {
      ...user,
      id: ++this.nextId,
      buffered: ahead.documents,
      position: 0,
      bufferedBytes: ahead.bytes,
      rest: ahead.done ? undefined : iterator,
      lastUse: Date.now(),
    }
    this.cursors.set(cursor.id, cursor)
    this.bufferedBytes += cursor.bufferedBytes
    if (user.inTransaction)
      void user.txn.done.then(() => {
        this.close(cursor)
      })
    return { id: cursor.id, documents: first.documents }
  }

  /** @throws StoreError 43 for an unknown cursor, 13 for another namespace or session, 50740 and 50741 for another transaction */
  next(id: bigint, user: CursorUser, count: number): Batch {
    const cursor = this.cursors.get(id)
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`)
    if (cursor.namespace !== user.namespace)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${user.namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      )
    if (cursor.sessionKey !== user.sessionKey)
      throw new StoreError(13, `Cannot run getMore on cursor ${id}, which was created in another session`)
    if (user.inTransaction && cursor.txn !== user.txn)
      throw new StoreError(50740, `Cannot run getMore on cursor ${id}, which was not created in this transaction`)
    if (cursor.inTransaction && !user.inTransaction)
      throw new StoreError(50741, `Cannot run getMore on cursor ${id}, which was created in a transaction, outside it`)
    cursor.lastUse = Date.now()
    const batch = take(this.reader(cursor), count, BATCH_BYTES)
    if (batch.done) this.close(cursor)
    return { id: batch.done ? 0n : id, documents: batch.documents }
  }

  private reader(cursor: Cursor): Iterator<RawDoc | Doc> {
    return {
      next: () => {
        if (cursor.position < cursor.buffered.length) return { done: false, value: cursor.buffered[cursor.position++]! }
        if (!cursor.rest) return { done: true, value: undefined }
        return cursor.rest.next()
      },
    }
  }

  /** True if there was such a cursor. */
  kill(id: bigint): boolean {
    const cursor = this.cursors.get(id)
    if (cursor) this.close(cursor)
    return cursor !== undefined
  }

  killWhere(test: (cursor: { namespace: string; sessionKey: string | undefined }) => boolean): void {
    for (const cursor of [...this.cursors.values()]) if (test(cursor)) this.close(cursor)
  }

  expire(now = Date.now()): void {
    for (const cursor of [...this.cursors.values()]) if (cursor.lastUse + IDLE_MS <= now) this.close(cursor)
  }

  private close(cursor: Cursor): void {
    if (!this.cursors.delete(cursor.id)) return
    this.bufferedBytes -= cursor.bufferedBytes
    cursor.rest?.return?.()
    if (!cursor.inTransaction) cursor.txn.abort()
  }

  get size(): number {
    return this.cursors.size
  }
}

function take(
  iterator: Iterator<RawDoc | Doc>,
  count: number,
  most: number,
): { documents: RawDoc[]; bytes: number; done: boolean } {
  const documents: RawDoc[] = []
  let bytes = 0
  while (documents.length < count && bytes < most) {
    const next = iterator.next()
    if (next.done) return { documents, bytes, done: true }
    const raw = next.value instanceof RawDoc ? next.value : new RawDoc(encode(next.value))
    if (raw.bytes.length > LARGEST_RESULT)
      throw new StoreError(
        10334,
        `BSONObj size: ${raw.bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`,
      )
    documents.push(raw)
    bytes += raw.bytes.length
  }
  return { documents, bytes, done: false }
}
