import type { Txn } from '../storage/txn.ts'
import { streamsOf } from './mergeStreams.ts'
import type { IndexScan } from './plan.ts'
import type { RangeSize, RangeSizes } from './rangeSizes.ts'

/** Collections of fewer documents are read whichever way their queries look. */
const SMALL = 2000
/** Reading and then sorting a document, against reading it in order. */
const SORTING = 1.3
/** Reading an entry of an index, against reading its document. */
const ENTRY = 0.08
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
  const found = sizes.measure(txn, ready)
  const matches = expected(ready, found, total)
  let choice: Choice = { scan: best, cost: Infinity, entries: total, exact: false }
  let walk: Choice | undefined
  let certain: Choice | undefined
  for (const [at, scan] of ready.entries()) {
    const { entries, exact } = found[at]!
    const inOrder = !sorted || scan.sorted
    const cost = inOrder ? Math.min(entries, (wanted.limit * entries) / matches) : entries * SORTING
    const own = { scan, cost, entries, exact }
    if (cost < choice.cost) choice = own
    if (!inOrder && !(certain && certain.cost <= cost)) certain = own
    if (inOrder && !scan.streams && !(walk && walk.cost <= cost)) walk = own
  }
  if (!certain || !walk || wanted.limit === Infinity || certain.cost >= total) return choice.scan
  const both = { ...walk.scan, within: certain.scan }
  const steps = certain.entries + DOUBT * walk.cost
  if (certain.exact && ENTRY * (certain.entries + walk.cost) + wanted.limit < choice.cost)
    return { ...both, trial: { counted: 'keysExamined', most: Math.ceil(steps), otherwise: certain.scan } }
  if (choice !== walk) return choice.scan
  // Where what matches stands together, far along the order, a walk in order reads nearly everything.
  const most = Math.ceil((DOUBT * wanted.limit * total) / matches)
  return { ...walk.scan, trial: { counted: 'docsExamined', most, otherwise: certain.exact ? certain.scan : both } }
}

interface Choice extends RangeSize {
  scan: IndexScan
  /** In documents read. */
  cost: number
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
function expected(scans: IndexScan[], sizes: RangeSize[], total: number): number {
  const order = scans.map((scan, at) => ({ paths: pathsOf(scan), entries: sizes[at]!.entries }))
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
