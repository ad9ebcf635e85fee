import { UNDEFINED } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import { ALL_FIELDS } from '../index/indexKeys.ts'
import { afterPrefix, isTooLong, KEPT, type Key } from '../storage/keyEncoding.ts'
import { boundsOf, flip, type KeyRange } from './bounds.ts'
import { leftOpen } from './leftOpen.ts'
import type { Filter } from './filter.ts'
import { impliesFilter, needsValue } from './impliesFilter.ts'
import type { IndexScan, PlanInput, SortMatch } from './plan.ts'
import type { SortField } from './sort.ts'

/** Beyond every key of an index. */
export const END = '\xff'.repeat(8)

/** More ranges than this are not worth enumerating one by one. */
const MOST_RANGES = 2000

/** What an index can do for a query; undefined: nothing. `forced`: a hint wants it anyway. */
export function planIndex(
  input: PlanInput,
  index: IndexInfo,
  conjuncts: Filter[],
  forced: boolean,
): IndexScan | undefined {
  if (!forced && index.partial && !impliesFilter(conjuncts, conjunctsOf(index.partial))) return undefined
  const multikey = input.multikeyFields(index.space)
  const isMulti = (field: number): boolean => (multikey & (1 << field)) !== 0
  let prefixes: Key[] = ['']
  let at = 0
  let ranges: KeyRange[] | undefined
  for (; at < index.fields.length; at++) {
    const field = index.fields[at]!
    const bounds = boundsOf(field.path, conjuncts, index, isMulti(at))
    if (!bounds) break
    const encoded = bounds.map((bound) => (field.descending ? flip(bound) : bound))
    if (bounds.every((bound) => bound.point) && prefixes.length * bounds.length <= MOST_RANGES) {
      prefixes = prefixes.flatMap((prefix) => encoded.map((bound) => prefix + bound.from))
      continue
    }
    ranges = prefixes.flatMap((prefix) =>
      encoded.map((bound) => ({ from: prefix + bound.from, to: prefix + bound.to })),
    )
    break
  }
  const equalities = at
  const bound = ranges ? at + 1 : at
  const points = prefixes.length === 1 && !ranges
  const orders = (from: number): SortMatch | undefined =>
    input.sort.length > 0 && orderFits(index, input)
      ? matchSort(index, { from, fixed: prefixes.length === 1 ? equalities : 0, multikey }, input.sort)
      : undefined
  const found = prefixes.length === 1 ? orders(equalities) : undefined
  const sorting = found?.fields === input.sort.length ? found.way : undefined
  if (bound === 0 && !sorting && !forced) return undefined
  // A sparse index lacks documents: only a condition that rules those out may use it.
  if (index.sparse && !forced && !excludesMissing(index, conjuncts)) return undefined
  ranges ??= prefixes.map((prefix) => ({ from: prefix, to: prefix === '' ? END : afterPrefix(prefix) }))
  return {
    stage: 'IXSCAN',
    index,
    ranges: mergeRanges(ranges.map(fit)),
    reverse: sorting === 'reverse',
    sorted: sorting !== undefined,
    equalities,
    bound,
    // Of a very long key only the beginning is kept.
    open: ranges.some(({ from }) => from.length >= KEPT) ? conjuncts : leftOpen(index, bound, conjuncts),
    conjuncts,
    mergeable: sorting === undefined && !points && multikey !== ALL_FIELDS ? orders(bound) : undefined,
  }
}

/** The parts of a filter that must all hold. */
export function conjunctsOf(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.children.flatMap(conjunctsOf) : [filter]
}

function orderFits(index: IndexInfo, { order }: PlanInput): boolean {
  // A fold tells equal from unequal but does not know the collation's alphabet, so it cannot replace a sort.
  return index.order === undefined && order === undefined
}

function matchSort(
  index: IndexInfo,
  { from, fixed, multikey }: { from: number; fixed: number; multikey: number },
  sort: readonly SortField[],
): SortMatch | undefined {
  // Fields bound to one value may be passed over, wherever the sort names them.
  const passed = new Set(index.fields.slice(0, fixed).map((field) => field.path))
  const wanted = sort.filter((field) => !passed.has(field.path))
  const rest = index.fields.slice(from)
  if (wanted.length === 0) return { way: 'forward', fields: sort.length }
  if (rest.length === 0) return undefined
  const reversed = wanted[0]!.descending !== rest[0]!.descending
  let at = 0
  for (; at < wanted.length && at < rest.length; at++) {
    if (wanted[at]!.path !== rest[at]!.path || (multikey & (1 << (from + at))) !== 0) break
    if ((wanted[at]!.descending !== rest[at]!.descending) !== reversed) break
  }
  if (at === 0) return undefined
  return { way: reversed ? 'reverse' : 'forward', fields: at === wanted.length ? sort.length : at }
}

// An index key longer than the store allows ends in a hash: the range then covers everything with the same beginning.
function fit(range: KeyRange): KeyRange {
  const from = isTooLong(range.from) ? range.from.slice(0, KEPT) : range.from
  const to = isTooLong(range.to) ? afterPrefix(range.to.slice(0, KEPT)) : range.to
  return { from, to }
}

function mergeRanges(ranges: KeyRange[]): KeyRange[] {
  const sorted = ranges
    .filter((range) => range.from < range.to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: KeyRange[] = []
  for (const range of sorted) {
    const last = merged[merged.length - 1]
    if (last && range.from <= last.to) {
      if (range.to > last.to) last.to = range.to
    } else merged.push({ ...range })
  }
  return merged
}

function excludesMissing(index: IndexInfo, conjuncts: Filter[]): boolean {
  return index.fields.some((field) =>
    conjuncts.some((leaf) => {
      if (!('path' in leaf) || leaf.path !== field.path) return false
      if (leaf.kind === 'compare') return needsValue(leaf.value)
      if (leaf.kind === 'in') return !leaf.values.some((value) => value === null || value === UNDEFINED)
      if (leaf.kind === 'exists') return leaf.exists
      return true
    }),
  )
}
