import { encode } from '../bson/encode.ts'
import { RawDoc, type Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Txn } from '../storage/txn.ts'

/** Documents of a first batch when the client does not say. */
export const FIRST_BATCH = 101
/** A reply holds at most this many bytes of documents, and so much of a result is read ahead when a cursor is opened. */
const BATCH_BYTES = 16 * 1024 * 1024
/** Cursors nobody has asked for this long are closed. */
const IDLE_MS = 10 * 60_000

interface Cursor {
  id: bigint
  namespace: string
  sessionKey: string | undefined
  /** Read ahead. */
  buffered: RawDoc[]
  position: number
  /** What has not been read yet, on a snapshot of `txn`. */
  rest: Iterator<RawDoc | Doc> | undefined
  txn: Txn | undefined
  lastUse: number
  /** Inside a transaction the snapshot is the transaction's. */
  inTransaction: boolean
}

export interface Batch {
  id: bigint
  documents: RawDoc[]
}

/** Open cursors. Results up to 16 MB are read at once; longer ones keep a snapshot until they are read or closed. */
export class Cursors {
  private readonly cursors = new Map<bigint, Cursor>()
  private nextId = BigInt(Date.now()) * 1000n

  /** Reads the first batch of `count` documents and opens a cursor if there is more and `single` is not set. */
  open(
    results: Iterable<RawDoc | Doc>,
    how: {
      namespace: string
      txn: Txn
      sessionKey: string | undefined
      count: number
      single: boolean
      inTransaction: boolean
    },
  ): Batch {
    const iterator = results[Symbol.iterator]()
    const first = take(iterator, how.count, BATCH_BYTES)
    if (first.done || how.single) {
      iterator.return?.()
      return { id: 0n, documents: first.documents }
    }
    const ahead = take(iterator, Infinity, BATCH_BYTES)
    if (ahead.done && ahead.documents.length === 0) return { id: 0n, documents: first.documents }
    if (!ahead.done && !how.inTransaction) how.txn.freeze()
    const cursor: Cursor = {
      id: ++this.nextId,
      namespace: how.namespace,
      sessionKey: how.sessionKey,
      buffered: ahead.documents,
      position: 0,
      rest: ahead.done ? undefined : iterator,
      txn: ahead.done ? undefined : how.txn,
      lastUse: Date.now(),
      inTransaction: how.inTransaction,
    }
    this.cursors.set(cursor.id, cursor)
    return { id: cursor.id, documents: first.documents }
  }

  /** @throws StoreError 43 for an unknown cursor, 13 for another namespace or session */
  next(id: bigint, namespace: string, sessionKey: string | undefined, count: number): Batch {
    const cursor = this.cursors.get(id)
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`)
    if (cursor.namespace !== namespace)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      )
    if (cursor.sessionKey !== sessionKey)
      throw new StoreError(13, `Cannot run getMore on cursor ${id}, which was created in another session`)
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
    this.cursors.delete(cursor.id)
    cursor.rest?.return?.()
    if (!cursor.inTransaction) cursor.txn?.abort()
  }

  get size(): number {
    return this.cursors.size
  }
}

function take(iterator: Iterator<RawDoc | Doc>, count: number, bytes: number): { documents: RawDoc[]; done: boolean } {
  const documents: RawDoc[] = []
  let size = 0
  while (documents.length < count) {
    const next = iterator.next()
    if (next.done) return { documents, done: true }
    const raw = next.value instanceof RawDoc ? next.value : new RawDoc(encode(next.value))
    documents.push(raw)
    size += raw.bytes.length
    if (size >= bytes) break
  }
  return { documents, done: false }
}
