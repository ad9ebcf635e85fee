import type { Txn } from '../storage/txn.ts'
import type { IndexScan } from './plan.ts'

/** Entries counted at most: what holds more is "many". */
const MOST = 32_768
/** Entries counted at first; four times as many in each further round. */
const FIRST = 256
/** Milliseconds a count is believed. */
const FRESH = 60_000
const MOST_KNOWN = 5000
/** Of so many ranges the number says enough. */
const MANY_RANGES = 50

export interface RangeSize {
  entries: number
  /** No more than that; else at least that. */
  exact: boolean
}

interface Size extends RangeSize {
  at: number
}

/** How much ranges of indexes hold, counted as far as it takes to know the smallest, and remembered for a while. */
export class RangeSizes {
  private readonly known = new Map<string, Size>()

  /** Entries of each scan: exact for the smallest, unless all hold many; at least that for the others. */
  measure(txn: Txn, scans: readonly IndexScan[]): RangeSize[] {
    const now = Date.now()
    const sizes = scans.map((scan) => this.sizeOf(scan, now))
    for (let target = FIRST; target <= MOST; target *= 4) {
      for (const [at, scan] of scans.entries()) {
        const size = sizes[at]!
        if (!size.exact && size.entries < target) this.count(txn, scan, size, target)
      }
      const smallest = Math.min(...sizes.filter((size) => size.exact).map((size) => size.entries))
      if (sizes.every((size) => size.exact || size.entries >= smallest)) break
    }
    return sizes
  }

  private sizeOf({ index, ranges }: IndexScan, now: number): Size {
    if (ranges.length > MANY_RANGES) return { entries: ranges.length, exact: true, at: now }
    const key = index.space + ranges.map(({ from, to }) => `${from.length}:${from}${to}`).join()
    const known = this.known.get(key)
    if (known && known.at + FRESH > now) return known
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    const size = { entries: 0, exact: false, at: now }
    this.known.set(key, size)
    return size
  }

  private count(txn: Txn, { index, ranges }: IndexScan, size: Size, target: number): void {
    size.entries = 0
    for (const { from, to } of ranges)
      for (const _ of txn.scan(index.space + from, index.space + to)) if (++size.entries >= target) return
    size.exact = true
  }
}
