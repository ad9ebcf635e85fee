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
  // What every scan narrows by says nothing about one against another.
  const own = (scan: IndexScan): string[] => {
    const paths = pathsOf(scan)
    return paths.filter((path) => !ready.every((other) => pathsOf(other).includes(path)))
  }
  const matches = expected(
    ready.map((scan, at) => ({ paths: own(scan), entries: found[at]!.entries })),
    total,
  )
  let choice: Choice = { scan: best, cost: Infinity, entries: total, exact: false }
  let walk: Choice | undefined
  let certain: Choice | undefined
  for (const [at, scan] of ready.entries()) {
    const { exact } = found[at]!
    // A walk over all was counted no further than the scan that it competes with.
    const entries = exact || own(scan).length > 0 ? found[at]!.entries : total
    const inOrder = !sorted || scan.sorted
    const cost = inOrder ? Math.min(entries, (wanted.limit * entries) / matches) : entries * SORTING
    const one = { scan, cost, entries, exact }
    if (cost < choice.cost) choice = one
    if (!inOrder && !(certain && certain.cost <= cost)) certain = one
    if (inOrder && !scan.streams && !(walk && walk.cost <= cost)) walk = one
  }
  if (!certain || !walk || wanted.limit === Infinity || certain.cost >= total) return choice.scan
  const both = { ...walk.scan, within: certain.scan }
  if (certain.exact && ENTRY * (certain.entries + walk.cost) + wanted.limit < choice.cost) {
    const most = Math.ceil(certain.entries + DOUBT * walk.cost)
    return { ...both, trial: { counted: 'keysExamined', most, otherwise: certain.scan } }
  }
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
function expected(scans: { paths: string[]; entries: number }[], total: number): number {
  const taken = new Set<string>()
  let matches = total
  for (const { paths, entries } of scans.sort((a, b) => a.entries - b.entries)) {
    if (paths.length === 0 || paths.some((path) => taken.has(path))) continue
    for (const path of paths) taken.add(path)
    matches *= Math.min(1, entries / total)
  }
  return Math.max(1, matches)
}
