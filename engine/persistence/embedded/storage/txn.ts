import { StoreError } from '../errors.ts'
import type { Disk, DiskEntry, DiskSnapshot } from './disk.ts'
import type { Key } from './keyEncoding.ts'
import { Layer } from './layer.ts'

const writeConflict = (): StoreError =>
  new StoreError(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
  ).label('TransientTransactionError')

/** Thrown to a statement outside a transaction that meets a key some open transaction has written: wait and repeat. */
export class LockedError extends Error {
  constructor(readonly holder: Txn) {
    super('key is locked by an open transaction')
  }
}

/** How much a collection holds. */
export interface Extent {
  documents: number
  /** Bytes of the documents themselves, without indexes. */
  bytes: number
}

/** What a transaction needs of its store. */
export interface TxnHost {
  readonly disk: Disk
  readonly overlay: Layer
  readonly locks: Map<Key, Txn>
  readonly lastCommit: ReadonlyMap<Key, number>
  /** Open transactions that have written to a collection, by the key of its catalogue entry. */
  readonly writers: Map<Key, Set<Txn>>
  readonly sequence: number
  takeSnapshot(): Frozen
  extentOf(collection: number): Extent
  commit(txn: Txn): Promise<void>
  release(txn: Txn): void
}

export interface Frozen {
  disk: DiskSnapshot
  layer: Layer
  /** Last commit it sees. */
  sequence: number
  /** To be called once: pages of the file are pinned until then. */
  release: () => void
}

/**
 * Reads and writes of one statement or one multi-document transaction: own writes over committed-but-unflushed ones
 * over disk. Until {@link freeze} it reads the present, which is right for a statement that never awaits.
 */
export class Txn {
  readonly own = new Layer()
  readonly locked: Key[] = []
  /** Collections it has written to, by the keys of their catalogue entries. */
  readonly writing: Key[] = []
  /** What was added to or removed from each collection. */
  readonly extentDeltas = new Map<number, Extent>()
  /** Called after the commit is visible, e.g. to publish catalogue changes. */
  readonly onCommit: ((sequence: number) => void)[] = []
  /** Resolves when the transaction is over: whoever met its locks may try again. */
  readonly done: Promise<void>
  private announceEnd!: () => void
  private frozen: Frozen | undefined
  private closed = false
  multiDocument = false
  /** A cursor reads on after the statement is over, and ends this transaction when it ends itself. */
  held = false
  /** When the running statement must give up: milliseconds since 1970. */
  deadline = Infinity

  constructor(private readonly host: TxnHost) {
    this.done = new Promise((resolve) => (this.announceEnd = resolve))
  }

  /** Last commit this transaction sees; Infinity for a statement that reads the present. */
  get readSequence(): number {
    return this.frozen ? this.frozen.sequence : Infinity
  }

  /** From here on reads see the present state for ever, until {@link close}. @throws StoreError 246 */
  freeze(): void {
    this.frozen ??= this.host.takeSnapshot()
  }

  /** As {@link freeze}, for a reader that outlives the statement; {@link abort} must be called in the end. */
  hold(): void {
    this.freeze()
    this.held = true
    // The time limit was the statement's.
    this.deadline = Infinity
  }

  get(key: Key): Buffer | undefined {
    const entry = this.own.get(key) ?? (this.frozen ? this.frozen.layer : this.host.overlay).get(key)
    if (entry) return entry.value ?? undefined
    return this.host.disk.get(key, this.frozen?.disk)
  }

  /** Entries of [from, to), which must lie in one space. Writes made while it runs are not seen. */
  *scan(from: Key, to: Key, reverse = false): Generator<DiskEntry> {
    if (from >= to) return
    const overrides = this.overrides(from, to)
    if (reverse) overrides.reverse()
    let next = 0
    for (const entry of this.diskScan(from, to, reverse)) {
      while (
        next < overrides.length &&
        (reverse ? overrides[next]!.key > entry.key : overrides[next]!.key < entry.key)
      ) {
        const { key, value } = overrides[next++]!
        if (value) yield { key, value }
      }
      if (next < overrides.length && overrides[next]!.key === entry.key) {
        const { value } = overrides[next++]!
        if (value) yield { key: entry.key, value }
      } else yield entry
    }
    for (; next < overrides.length; next++) {
      const { key, value } = overrides[next]!
      if (value) yield { key, value }
    }
  }

  // Small pieces, each read at once: no lmdb cursor stays open while somebody else runs.
  private *diskScan(from: Key, to: Key, reverse: boolean): Generator<DiskEntry> {
    let limit = 8
    for (;;) {
      const entries = this.host.disk.range(from, to, reverse, limit, this.frozen?.disk)
      yield* entries
      if (entries.length < limit) return
      const last = entries[entries.length - 1]!.key
      if (reverse) to = last
      else from = last + '\0'
      limit = Math.min(limit * 4, 512)
    }
  }

  private overrides(from: Key, to: Key): { key: Key; value: Buffer | null }[] {
    const base = this.frozen ? this.frozen.layer : this.host.overlay
    const keys = base.keysBetween(from, to)
    const ownKeys = this.own.keysBetween(from, to)
    const all = ownKeys.length === 0 ? keys : keys.length === 0 ? ownKeys : [...new Set([...keys, ...ownKeys])].sort()
    return all.map((key) => ({ key, value: (this.own.get(key) ?? base.get(key))!.value }))
  }

  /** Writes a key two transactions may not both write: a document, a unique entry, the catalogue. */
  put(key: Key, value: Buffer | null): void {
    this.lock(key)
    this.own.set(key, value)
  }

  /** Writes a key that belongs to one already locked, such as an index entry carrying its record's id. */
  putFree(key: Key, value: Buffer | null): void {
    this.own.set(key, value)
  }

  /** Claims a key without changing it yet. @throws StoreError 112 in a transaction, LockedError outside */
  lock(key: Key): void {
    const holder = this.host.locks.get(key)
    if (holder === this) return
    if (!this.multiDocument) {
      if (holder) throw new LockedError(holder)
      return
    }
    if (holder || (this.host.lastCommit.get(key) ?? 0) > this.readSequence) throw writeConflict()
    this.host.locks.set(key, this)
    this.locked.push(key)
  }

  /**
   * Says that this transaction writes to a collection: until it ends nobody else may change the collection's indexes,
   * for they would miss what it has written. Throws like {@link lock} when somebody is changing them.
   */
  writeTo(catalogueKey: Key): void {
    const holder = this.host.locks.get(catalogueKey)
    if (holder && holder !== this) throw this.multiDocument ? writeConflict() : new LockedError(holder)
    if (!this.multiDocument) return
    let writers = this.host.writers.get(catalogueKey)
    if (!writers) this.host.writers.set(catalogueKey, (writers = new Set()))
    if (!writers.has(this)) {
      writers.add(this)
      this.writing.push(catalogueKey)
    }
  }

  /** Writes the catalogue entry of a collection to which no other open transaction has written. */
  putCatalogue(key: Key, value: Buffer | null): void {
    for (const writer of this.host.writers.get(key) ?? [])
      if (writer !== this) throw this.multiDocument ? writeConflict() : new LockedError(writer)
    this.put(key, value)
  }

  /** What a collection holds, own changes included. */
  extentOf(collection: number): Extent {
    const { documents, bytes } = this.host.extentOf(collection)
    const own = this.extentDeltas.get(collection)
    return own ? { documents: documents + own.documents, bytes: bytes + own.bytes } : { documents, bytes }
  }

  addExtent(collection: number, documents: number, bytes: number): void {
    const before = this.extentDeltas.get(collection)
    this.extentDeltas.set(collection, {
      documents: (before?.documents ?? 0) + documents,
      bytes: (before?.bytes ?? 0) + bytes,
    })
  }

  /** Visible at once, resolved when durable. */
  commit(): Promise<void> {
    const flushed = this.host.commit(this)
    for (const publish of this.onCommit) publish(this.host.sequence)
    return flushed
  }

  abort(): void {
    this.host.release(this)
  }

  /** Called by the store only. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.frozen?.release()
    this.announceEnd()
  }

  get isClosed(): boolean {
    return this.closed
  }
}
