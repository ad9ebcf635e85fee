import type { Key } from './keyEncoding.ts'

interface Present {
  has(key: Key): boolean
  keys(): Iterable<Key>
  readonly size: number
}

/**
 * The order of the keys of a map that grows fast and is read by range in between: a sorted list, and beside it the
 * newest keys as they came, which are merged in when there are many. Removed keys are passed over until half are gone.
 */
export class SortedKeys {
  private sorted: Key[] = []
  private recent: Key[] = []
  private dead = 0

  add(key: Key): void {
    this.recent.push(key)
    if (this.recent.length > 64 + this.sorted.length / 32) this.merge()
  }

  /** To be told after each removal from the map. */
  removed(present: Present): void {
    if (++this.dead <= present.size) return
    this.sorted = [...present.keys()].sort()
    this.recent = []
    this.dead = 0
  }

  /** Keys of [from, to) that are in the map, ascending. */
  between(from: Key, to: Key, present: Present): Key[] {
    const old = this.sorted.slice(lowerBound(this.sorted, from), lowerBound(this.sorted, to))
    const fresh = this.recent.filter((key) => key >= from && key < to)
    if (fresh.length === 0 && this.dead === 0) return old
    const all = fresh.length === 0 ? old : [...old, ...fresh].sort()
    // A key that was removed and came back stands here twice.
    return this.dead === 0 ? all : [...new Set(all)].filter((key) => present.has(key))
  }

  private merge(): void {
    const fresh = this.recent.sort()
    const merged: Key[] = []
    let at = 0
    for (const key of this.sorted) {
      while (at < fresh.length && fresh[at]! < key) merged.push(fresh[at++]!)
      merged.push(key)
    }
    while (at < fresh.length) merged.push(fresh[at++]!)
    this.sorted = merged
    this.recent = []
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
