import { afterPrefix, type Key } from '../storage/keyEncoding.ts'
import type { DiskEntry } from '../storage/disk.ts'
import type { Txn } from '../storage/txn.ts'
import type { KeyRange } from './bounds.ts'
import type { IndexScan } from './plan.ts'

/** More streams than this cost more than the order they give is worth. */
const MOST_STREAMS = 128

/**
 * The ranges of a scan cut so that the entries of each share all values before the wanted order: then each is in that
 * order. undefined when they are too many, or cannot be told.
 */
export function streamsOf(txn: Txn, { index, ranges, equalities, bound }: IndexScan): KeyRange[] | undefined {
  if (ranges.length > MOST_STREAMS) return undefined
  const streams: KeyRange[] = []
  for (const range of ranges) {
    let from = range.from
    while (from < range.to) {
      const [entry] = txn.scan(index.space + from, index.space + range.to)
      if (!entry) break
      const key = entry.key.slice(index.space.length)
      const end = endOfValues(key, bound)
      if (end === undefined || (bound > equalities && index.fields[equalities]?.descending)) return undefined
      const prefix = key.slice(0, end)
      if (streams.push({ from: prefix, to: afterPrefix(prefix) }) > MOST_STREAMS) return undefined
      from = afterPrefix(prefix)
    }
  }
  return streams
}

/** Where the first so many values of a key end; undefined when one of them is no text, number, boolean or null. */
function endOfValues(key: Key, count: number): number | undefined {
  let at = 0
  for (let value = 0; value < count; value++) {
    const end = endOfValue(key, at)
    if (end === undefined) return undefined
    at = end
  }
  return at
}

function endOfValue(key: Key, at: number): number | undefined {
  switch (key.charCodeAt(at)) {
    case 0x05:
      return at + 1
    case 0x28:
      return at + 2
    case 0x0a:
      // Nothing follows the double of a plain number.
      return key[at + 9] === '\0' ? at + 10 : undefined
    case 0x0f: {
      let end = key.indexOf('\0', at)
      while (end >= 0 && key[end + 1] === '\xff') end = key.indexOf('\0', end + 2)
      return end < 0 ? undefined : end + 2
    }
    default:
      return undefined
  }
}

interface Stream {
  entries: Iterator<DiskEntry>
  head: DiskEntry
  /** What its entries are ordered by: the key without what they share. */
  rest: Key
  shared: number
}

/** The entries of all streams in one order. */
export function* mergeStreams(txn: Txn, space: Key, streams: KeyRange[], reverse: boolean): Generator<DiskEntry> {
  const queue: Stream[] = []
  const before = (a: Key, b: Key): boolean => (reverse ? a > b : a < b)
  const enqueue = (entries: Iterator<DiskEntry>, shared: number): void => {
    const next = entries.next()
    if (next.done) return
    const rest = next.value.key.slice(shared)
    let [low, high] = [0, queue.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (before(rest, queue[middle]!.rest)) high = middle
      else low = middle + 1
    }
    queue.splice(low, 0, { entries, head: next.value, rest, shared })
  }
  for (const { from, to } of streams) enqueue(txn.scan(space + from, space + to, reverse), space.length + from.length)
  for (let first = queue.shift(); first; first = queue.shift()) {
    yield first.head
    enqueue(first.entries, first.shared)
  }
}
