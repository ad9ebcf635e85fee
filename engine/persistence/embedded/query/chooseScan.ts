import type { Txn } from '../storage/txn.ts'
import { streamsOf } from './mergeStreams.ts'
import type { IndexScan } from './plan.ts'
import type { RangeSizes } from './rangeSizes.ts'

/** Collections of fewer documents are read whichever way their queries look. */
const SMALL = 2000
/** Reading and then sorting a document, against reading it in order. */
const SORTING = 1.3
/** How far a guess may be off before it is given up. */
const DOUBT = 4

export interface Wanted {
  txn: Txn
  sizes: RangeSizes
  /** Documents of the collection. */
  total: number
  sorted: boolean
  /** Matches that are enough; Infinity: all. */
  limit: number
  /** Only their number is wanted. */
  counting: boolean
}

/**
 * Of the indexes a query could use, the one that should read least. Equalities of one query are not worth the same: one
 * leaves half of all documents, another three. So the ranges are counted, as far as it takes.
 */
export function chooseScan(candidates: IndexScan[], best: IndexScan, wanted: Wanted): IndexScan {
  const { txn, sizes, total, sorted, counting } = wanted
  if (total < SMALL || (best.index.unique && best.equalities === best.index.fields.length)) return best
  const answer = counting ? candidates.find((scan) => scan.open.length === 0) : undefined
  if (answer) return answer
  const others = new Set(candidates.flatMap(pathsOf))
  for (const path of pathsOf(best)) others.delete(path)
  if (others.size === 0 && (best.sorted || !sorted)) return best

  const ready = candidates.map((scan) => withOrder(scan, wanted))
  const entries = sizes.measure(txn, ready)
  const matches = expected(ready, entries, total)
  let choice = best
  let least = Infinity
  let certain: { scan: IndexScan; cost: number } | undefined
  for (const [at, scan] of ready.entries()) {
    const all = entries[at]!
    const inOrder = !sorted || scan.sorted
    const cost = inOrder ? Math.min(all, (wanted.limit * all) / matches) : all * SORTING
    if (cost < least) {
      least = cost
      choice = scan
    }
    if (!inOrder && !(certain && certain.cost <= cost)) certain = { scan, cost }
  }
  // Where what matches stands together, far along the order, a walk in order reads nearly everything.
  return certain && wanted.limit < Infinity && choice.sorted && !choice.streams && certain.cost < total
    ? { ...choice, trial: { documents: Math.ceil((DOUBT * wanted.limit * total) / matches), otherwise: certain.scan } }
    : choice
}

/** Fields that a scan narrows by. */
const pathsOf = ({ index, bound }: IndexScan): string[] => index.fields.slice(0, bound).map((field) => field.path)

/** The scan in the wanted order, where its ranges are few enough to be read side by side. */
function withOrder(scan: IndexScan, { txn, sorted }: Wanted): IndexScan {
  if (!sorted || scan.sorted || !scan.mergeable) return scan
  const streams = streamsOf(txn, scan)
  return streams ? { ...scan, sorted: true, reverse: scan.mergeable.way === 'reverse', streams } : scan
}

/** How many documents match, were the conditions independent of each other. At least one. */
function expected(scans: IndexScan[], entries: number[], total: number): number {
  const order = scans.map((scan, at) => ({ paths: pathsOf(scan), entries: entries[at]! }))
  order.sort((a, b) => a.entries - b.entries)
  // What every scan narrows by says nothing about one against another.
  const common = (order[0]?.paths ?? []).filter((path) => order.every(({ paths }) => paths.includes(path)))
  const taken = new Set(common)
  let matches = total
  for (const { paths, entries: some } of order) {
    const own = paths.filter((path) => !common.includes(path))
    if (own.length === 0 || own.some((path) => taken.has(path))) continue
    for (const path of own) taken.add(path)
    matches *= Math.min(1, some / total)
  }
  return Math.max(1, matches)
}
