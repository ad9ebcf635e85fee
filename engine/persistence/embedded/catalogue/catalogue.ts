import { randomUUID } from 'node:crypto'
import { BinaryValue, doc, int32, type Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { ALL_FIELDS } from '../index/indexKeys.ts'
import { RangeSizes } from '../query/rangeSizes.ts'
import { afterPrefix, readCounter64, type Key } from '../storage/keyEncoding.ts'
import type { Store } from '../storage/store.ts'
import type { Txn } from '../storage/txn.ts'
import {
  buildCollection,
  buildIndex,
  decodeCollection,
  encodeCollection,
  spaceKey,
  type CollectionInfo,
  type IndexInfo,
} from './collectionInfo.ts'

export const catalogueKey = (namespace: string): Key => `C${Buffer.from(namespace, 'utf8').latin1Slice()}`
const droppedKey = (space: Key): Key => `X${space}`
const multikeyKey = (space: Key): Key => `K${space}`

/** Entries removed in one go when the space of a dropped collection or index is reclaimed. */
const RECLAIM_BATCH = 2000

/** Collections and indexes. Changes belong to a transaction like any write and are published when it commits. */
export class Catalogue {
  private readonly collections = new Map<string, CollectionInfo>()
  private readonly changes = new WeakMap<Txn, Map<string, CollectionInfo | null>>()
  /** Fields of indexes by which some document has several entries. Never unset: a stale flag only costs speed. */
  private readonly multikey = new Map<Key, number>()
  /** How much the ranges of indexes hold, for the choice between them. */
  readonly rangeSizes = new RangeSizes()
  private readonly lastRecord = new Map<number, number>()
  /** Sequence in which a name was last created, changed or dropped. */
  private readonly changedAt = new Map<string, number>()
  private nextCollection = 1
  private reclaiming = false

  constructor(private readonly store: Store) {}

  /** Reads everything from disk; the store must be empty of unflushed writes. */
  load(): void {
    for (const { key, value } of this.readAll('C')) {
      const namespace = Buffer.from(key.slice(1), 'latin1').toString('utf8')
      const info = decodeCollection(namespace, value, 0)
      this.collections.set(namespace, info)
      this.nextCollection = Math.max(this.nextCollection, info.id + 1)
    }
    for (const { key, value } of this.readAll('K')) this.multikey.set(key.slice(1), readMultikey(value))
    for (const { key } of this.readAll('X'))
      this.nextCollection = Math.max(this.nextCollection, Buffer.from(key.slice(2, 6), 'latin1').readUInt32BE() + 1)
  }

  private *readAll(prefix: string): Generator<{ key: Key; value: Buffer }> {
    let from = prefix
    const to = afterPrefix(prefix)
    for (;;) {
      const entries = this.store.disk.range(from, to, false, 500)
      yield* entries
      if (entries.length < 500) return
      from = entries[entries.length - 1]!.key + '\0'
    }
  }

  /** @throws StoreError 246 when the collection was changed after the transaction's snapshot */
  find(txn: Txn, namespace: string): CollectionInfo | undefined {
    const own = this.changes.get(txn)?.get(namespace)
    if (own !== undefined) return own ?? undefined
    if ((this.changedAt.get(namespace) ?? 0) > txn.readSequence)
      throw new StoreError(
        246,
        `Unable to read from a snapshot due to pending collection catalog changes; please retry the operation. Collection: ${namespace}`,
      ).label('TransientTransactionError')
    return this.collections.get(namespace)
  }

  /** Collections of a database as the transaction sees them, by name. */
  list(txn: Txn, database: string): CollectionInfo[] {
    const prefix = `${database}.`
    const names = new Set(this.collections.keys())
    for (const name of this.changes.get(txn)?.keys() ?? []) names.add(name)
    return [...names]
      .filter((name) => name.startsWith(prefix))
      .sort()
      .map((name) => this.find(txn, name))
      .filter((info): info is CollectionInfo => info !== undefined)
  }

  databases(): string[] {
    return [...new Set([...this.collections.keys()].map((name) => name.slice(0, name.indexOf('.'))))].sort()
  }

  all(): CollectionInfo[] {
    return [...this.collections.values()]
  }

  create(txn: Txn, namespace: string, options: Doc = new Map()): CollectionInfo {
    checkNamespace(namespace)
    const id = this.nextCollection++
    const collation = options.get('collation')
    const idSpec = doc({ v: int32(2), key: doc({ _id: int32(1) }), name: '_id_', collation })
    const uuid = new BinaryValue(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4)
    const info = buildCollection(namespace, id, uuid, options, [buildIndex(id, 1, idSpec)], 2, 0)
    this.lastRecord.set(id, 0)
    this.save(txn, info)
    return info
  }

  /** Gives an empty collection the secondary indexes of another. */
  withIndexes(txn: Txn, info: CollectionInfo, indexes: readonly IndexInfo[]): CollectionInfo {
    const changed: CollectionInfo = {
      ...info,
      indexes: [info.indexes[0]!, ...indexes.slice(1).map((index) => buildIndex(info.id, index.number, index.spec))],
      nextIndex: Math.max(info.nextIndex, ...indexes.map((index) => index.number + 1)),
    }
    this.save(txn, changed)
    return changed
  }

  findOrCreate(txn: Txn, namespace: string): CollectionInfo {
    return this.find(txn, namespace) ?? this.create(txn, namespace)
  }

  /** Replaces a collection's entry by a changed one. */
  save(txn: Txn, info: CollectionInfo): void {
    txn.putCatalogue(catalogueKey(info.namespace), encodeCollection(info))
    this.change(txn, info.namespace, info)
  }

  /** Forgets the collection; its documents are removed afterwards, by {@link reclaim}. */
  drop(txn: Txn, info: CollectionInfo): void {
    txn.putCatalogue(catalogueKey(info.namespace), null)
    for (const number of [0, ...info.indexes.map((index) => index.number)]) this.abandon(txn, spaceKey(info.id, number))
    this.change(txn, info.namespace, null)
  }

  rename(txn: Txn, info: CollectionInfo, namespace: string): void {
    checkNamespace(namespace)
    txn.putCatalogue(catalogueKey(info.namespace), null)
    this.change(txn, info.namespace, null)
    this.save(txn, { ...info, namespace })
  }

  /** Marks the space of a dropped index or collection for removal. */
  abandon(txn: Txn, space: Key): void {
    txn.putFree(droppedKey(space), Buffer.from([1]))
    txn.putFree(multikeyKey(space), null)
  }

  /** Fields of the index (bit 0 the first) that lead into arrays. */
  multikeyFields(space: Key): number {
    return this.multikey.get(space) ?? 0
  }

  markMultikey(txn: Txn, space: Key, fields: number): void {
    const known = this.multikeyFields(space)
    const all = (known | fields) >>> 0
    const written = all === known ? txn.get(multikeyKey(space)) : undefined
    if (written && readMultikey(written) === all) return
    this.multikey.set(space, all)
    const value = Buffer.alloc(4)
    value.writeUInt32BE(all)
    txn.putFree(multikeyKey(space), value)
  }

  /** Ids grow in the order of insertion and are never used twice while the store runs. */
  nextRecord(txn: Txn, info: CollectionInfo): number {
    let last = this.lastRecord.get(info.id)
    if (last === undefined) {
      const space = spaceKey(info.id, 0)
      const newest = txn.scan(space, afterPrefix(space), true).next()
      last = newest.done ? 0 : readCounter64(Buffer.from(newest.value.key.slice(space.length), 'latin1'))
    }
    this.lastRecord.set(info.id, last + 1)
    return last + 1
  }

  private change(txn: Txn, namespace: string, info: CollectionInfo | null): void {
    let changes = this.changes.get(txn)
    if (!changes) {
      const made = new Map<string, CollectionInfo | null>()
      changes = made
      this.changes.set(txn, made)
      txn.onCommit.push((sequence) => {
        for (const [name, changed] of made) {
          this.changedAt.set(name, sequence)
          if (changed) this.collections.set(name, { ...changed, sequence })
          else this.collections.delete(name)
        }
      })
    }
    changes.set(namespace, info)
  }

  /** Removes what dropped collections and indexes left behind, a piece at a time. Call it now and then. */
  async reclaim(): Promise<void> {
    if (this.reclaiming || this.store.hasOpenTransactions) return
    this.reclaiming = true
    try {
      for (const { key } of [...this.readAll('X')]) {
        const space = key.slice(1)
        for (let more = true; more;) {
          const txn = this.store.statement()
          const keys: Key[] = []
          for (const entry of txn.scan(space, afterPrefix(space))) {
            keys.push(entry.key)
            if (keys.length === RECLAIM_BATCH) break
          }
          for (const dead of keys) txn.putFree(dead, null)
          more = keys.length === RECLAIM_BATCH
          if (!more) txn.putFree(key, null)
          await txn.commit()
        }
        this.multikey.delete(space)
      }
    } finally {
      this.reclaiming = false
    }
  }
}

/** Stores of before this was told by field have a single byte. */
const readMultikey = (value: Buffer): number => (value.length === 4 ? value.readUInt32BE() : ALL_FIELDS)

/** @throws StoreError 73 for a name MongoDB refuses */
export function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.')
  const database = dot < 0 ? namespace : namespace.slice(0, dot)
  const collection = dot < 0 ? '' : namespace.slice(dot + 1)
  if (database === '' || database.length > 63 || /[/\\. "$\0]/.test(database))
    throw new StoreError(73, `Invalid database name: '${database}'`)
  if (collection === '' || collection.startsWith('.') || collection.endsWith('.') || /[$\0]/.test(collection))
    throw new StoreError(73, `Invalid namespace specified '${namespace}'`)
  if (Buffer.byteLength(namespace) > 255)
    throw new StoreError(73, `Fully qualified namespace is too long: ${namespace}`)
}
