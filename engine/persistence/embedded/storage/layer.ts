import type { Key } from './keyEncoding.ts'

/** Keys of one range belong to one space: the first bytes tell collection and index. */
export const SPACE_LENGTH = 7
export const spaceOf = (key: Key): string => key.slice(0, SPACE_LENGTH)

interface Entry {
  /** null: the key is deleted. */
  value: Buffer | null
  /** Commit that wrote it; 0 while uncommitted. */
  sequence: number
}

interface Bucket {
  entries: Map<Key, Entry>
  /** Keys in order, made when a range is read and dropped when a key is added or removed. */
  sorted: Key[] | null
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
    if (!bucket) this.buckets.set(space, (bucket = { entries: new Map(), sorted: null }))
    const entry = bucket.entries.get(key)
    if (entry) {
      entry.value = value
      entry.sequence = sequence
      return
    }
    bucket.entries.set(key, { value, sequence })
    bucket.sorted = null
    this.size++
  }

  /** Forgets a key if no later commit has written it since. */
  settle(key: Key, sequence: number): void {
    const space = spaceOf(key)
    const bucket = this.buckets.get(space)
    const entry = bucket?.entries.get(key)
    if (!bucket || !entry || entry.sequence > sequence) return
    bucket.entries.delete(key)
    bucket.sorted = null
    this.size--
    if (bucket.entries.size === 0) this.buckets.delete(space)
  }

  /** Keys of the half-open range [from, to), ascending. */
  keysBetween(from: Key, to: Key): Key[] {
    const bucket = this.buckets.get(spaceOf(from))
    if (!bucket) return []
    if (!bucket.sorted && bucket.entries.size <= 64) {
      const few: Key[] = []
      for (const key of bucket.entries.keys()) if (key >= from && key < to) few.push(key)
      return few.sort()
    }
    const sorted = (bucket.sorted ??= [...bucket.entries.keys()].sort())
    return sorted.slice(lowerBound(sorted, from), lowerBound(sorted, to))
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

function lowerBound(keys: Key[], key: Key): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
