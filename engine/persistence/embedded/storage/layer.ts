import type { Key } from './keyEncoding.ts'
import { SortedKeys } from './sortedKeys.ts'

/** Keys of one range belong to one space: the first bytes tell collection and index. */
const SPACE_LENGTH = 7
const spaceOf = (key: Key): string => key.slice(0, SPACE_LENGTH)

interface Entry {
  /** null: the key is deleted. */
  value: Buffer | null
  /** Commit that wrote it; 0 while uncommitted. */
  sequence: number
}

interface Bucket {
  entries: Map<Key, Entry>
  order: SortedKeys
}

/** Writes that lie above what is on disk: of one statement or transaction, or committed but not yet flushed. */
export class Layer {
  private readonly buckets = new Map<string, Bucket>()
  size = 0

  get(key: Key): Entry | undefined {
    return this.buckets.get(spaceOf(key))?.entries.get(key)
  }

  set(key: Key, value: Buffer | null, sequence = 0): void {
    const space = spaceOf(key)
    let bucket = this.buckets.get(space)
    if (!bucket) this.buckets.set(space, (bucket = { entries: new Map(), order: new SortedKeys() }))
    const entry = bucket.entries.get(key)
    if (entry) {
      entry.value = value
      entry.sequence = sequence
      return
    }
    bucket.entries.set(key, { value, sequence })
    bucket.order.add(key)
    this.size++
  }

  /** Forgets a key if no later commit has written it since. */
  settle(key: Key, sequence: number): void {
    const space = spaceOf(key)
    const bucket = this.buckets.get(space)
    const entry = bucket?.entries.get(key)
    if (!bucket || !entry || entry.sequence > sequence) return
    bucket.entries.delete(key)
    this.size--
    if (bucket.entries.size === 0) this.buckets.delete(space)
    else bucket.order.removed(bucket.entries)
  }

  /** Keys of the half-open range [from, to), ascending. */
  keysBetween(from: Key, to: Key): Key[] {
    const bucket = this.buckets.get(spaceOf(from))
    return bucket ? bucket.order.between(from, to, bucket.entries) : []
  }

  *entries(): Generator<[Key, Buffer | null]> {
    for (const bucket of this.buckets.values()) for (const [key, entry] of bucket.entries) yield [key, entry.value]
  }

  clone(): Layer {
    const copy = new Layer()
    for (const bucket of this.buckets.values())
      for (const [key, entry] of bucket.entries) copy.set(key, entry.value, entry.sequence)
    return copy
  }
}
