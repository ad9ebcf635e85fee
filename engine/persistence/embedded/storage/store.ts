import { StoreError } from '../errors.ts'
import { MOST_SNAPSHOTS, type Disk } from './disk.ts'
import { counter64, readCounter64, unsigned32, type Key } from './keyEncoding.ts'
import { Layer } from './layer.ts'
import { Txn, type Extent, type Frozen, type TxnHost } from './txn.ts'

interface Waiter {
  resolve: () => void
  reject: (error: Error) => void
}

export interface StoreStats {
  /** Transactions and statements committed since start. */
  commits: number
  /** Writes to disk; fewer than commits, because concurrent ones share a flush. */
  flushes: number
  openTransactions: number
  unflushedKeys: number
  /** When what was written last reached the disk; milliseconds since 1970, undefined before the first write. */
  lastFlush: number | undefined
}

/**
 * Multi-version store over {@link Disk}. A commit is visible at once to whoever reads in this process, and lies in
 * `overlay` until its group is on disk; only then is it acknowledged. One JavaScript thread does it all, so a
 * statement that never awaits is isolated by itself.
 */
export class Store implements TxnHost {
  readonly overlay = new Layer()
  /** Keys written by open multi-document transactions: the first writer wins. */
  readonly locks = new Map<Key, Txn>()
  /** Last commit of each key written since the oldest open transaction began. */
  readonly lastCommit = new Map<Key, number>()
  readonly writers = new Map<Key, Set<Txn>>()
  sequence = 0
  private readonly open = new Set<Txn>()
  private readonly extents = new Map<number, Extent>()
  private group = new Map<Key, Buffer | null>()
  private waiters: Waiter[] = []
  private flushing: Promise<void> | undefined
  /** Why writing failed. Thrown anew each time: an error carries labels of the command it is answered to. */
  private failure: string | undefined
  private commits = 0
  private flushes = 0
  private lastFlush: number | undefined
  private snapshots = 0

  constructor(readonly disk: Disk) {}

  /** One statement outside a transaction: reads what is committed now. It must commit or be dropped without awaiting. */
  statement(): Txn {
    this.assertSound()
    return new Txn(this)
  }

  /** A multi-document transaction on a snapshot of this moment; `finish` must be called in the end. */
  transaction(): Txn {
    this.assertSound()
    const txn = new Txn(this)
    txn.multiDocument = true
    txn.freeze()
    this.open.add(txn)
    return txn
  }

  /** @throws StoreError 246 when too many are open */
  takeSnapshot(): Frozen {
    if (this.snapshots >= MOST_SNAPSHOTS)
      throw new StoreError(246, `more than ${MOST_SNAPSHOTS} transactions and long cursors are open`)
    const disk = this.disk.snapshot()
    this.snapshots++
    const release = (): void => {
      this.snapshots--
      disk.done()
    }
    return { disk, layer: this.overlay.clone(), sequence: this.sequence, release }
  }

  /** Makes the writes visible and resolves when they are on disk. */
  commit(txn: Txn): Promise<void> {
    this.assertSound()
    for (const [id, delta] of txn.extentDeltas) {
      const before = this.extentOf(id)
      const extent = { documents: before.documents + delta.documents, bytes: before.bytes + delta.bytes }
      this.extents.set(id, extent)
      txn.own.set(extentKey(id), Buffer.from(counter64(extent.documents) + counter64(extent.bytes), 'latin1'))
    }
    if (txn.own.size === 0) {
      if (!txn.held) this.release(txn)
      return Promise.resolve()
    }
    const sequence = ++this.sequence
    this.commits++
    for (const [key, value] of txn.own.entries()) {
      this.overlay.set(key, value, sequence)
      this.group.set(key, value)
      if (this.open.size > 0) this.lastCommit.set(key, sequence)
    }
    this.release(txn)
    const flushed = new Promise<void>((resolve, reject) => this.waiters.push({ resolve, reject }))
    this.flushing ??= this.flush()
    return flushed
  }

  /** Ends a transaction, committed or not: frees its locks and its snapshot. */
  release(txn: Txn): void {
    for (const key of txn.locked) if (this.locks.get(key) === txn) this.locks.delete(key)
    for (const key of txn.writing) {
      const writers = this.writers.get(key)
      if (writers?.delete(txn) && writers.size === 0) this.writers.delete(key)
    }
    txn.close()
    if (this.open.delete(txn) && this.open.size === 0) this.lastCommit.clear()
  }

  /** What a collection holds; open transactions are not counted. */
  extentOf(collection: number): Extent {
    let extent = this.extents.get(collection)
    if (!extent) {
      const stored = this.disk.get(extentKey(collection))
      extent = stored
        ? { documents: readCounter64(stored), bytes: readCounter64(stored.subarray(8)) }
        : { documents: 0, bytes: 0 }
      this.extents.set(collection, extent)
    }
    return extent
  }

  /** Resolves when everything committed so far is on disk. @throws StoreError 91 when it could not be written */
  async settle(): Promise<void> {
    while (this.flushing) await this.flushing
    this.assertSound()
  }

  async close(): Promise<void> {
    while (this.flushing) await this.flushing
    for (const txn of [...this.open]) this.release(txn)
    await this.disk.close()
  }

  get hasOpenTransactions(): boolean {
    return this.open.size > 0
  }

  stats(): StoreStats {
    return {
      commits: this.commits,
      flushes: this.flushes,
      openTransactions: this.open.size,
      unflushedKeys: this.overlay.size,
      lastFlush: this.lastFlush,
    }
  }

  // One flush at a time; what commits meanwhile forms the next group. Waiting for the end of the turn first lets
  // statements of other connections that arrived together share the flush.
  private async flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (this.group.size > 0) {
      const { group, waiters, sequence } = this
      this.group = new Map()
      this.waiters = []
      try {
        await this.disk.write(group)
      } catch (error) {
        this.fail(error as Error, waiters)
        break
      }
      this.flushes++
      this.lastFlush = Date.now()
      this.disk.refresh()
      for (const key of group.keys()) this.overlay.settle(key, sequence)
      for (const waiter of waiters) waiter.resolve()
    }
    this.flushing = undefined
  }

  // What is visible is no longer what is on disk: nothing may be read or written until a restart.
  private fail(error: Error, waiters: Waiter[]): void {
    this.failure = error.message
    for (const waiter of [...waiters, ...this.waiters]) waiter.reject(stoppedError(this.failure))
    this.waiters = []
    this.group = new Map()
  }

  private assertSound(): void {
    if (this.failure !== undefined) throw stoppedError(this.failure)
  }
}

const stoppedError = (why: string): StoreError =>
  new StoreError(91, `the store could not write to disk and has stopped: ${why}`)

const extentKey = (collection: number): Key => `N${unsigned32(collection)}`
