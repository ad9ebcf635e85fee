import { UNDEFINED, type Doc, type Value } from '../bson/values.ts'
import type { CollectionInfo, IndexInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { afterPrefix, KEPT, isTooLong, type Key } from '../storage/keyEncoding.ts'
import type { StringOrder } from './collation.ts'
import type { Filter } from './filter.ts'
import type { SortField } from './sort.ts'
import { impliesFilter, needsValue } from './impliesFilter.ts'
import { type KeyRange, isPoint, sameOrder, flip, boundsOf } from './bounds.ts'

export type Plan =
  | { stage: 'EOF' }
  | { stage: 'COLLSCAN' }
  | { stage: 'IDHACK'; id: Value }
  | {
      stage: 'IXSCAN'
      index: IndexInfo
      ranges: KeyRange[]
      reverse: boolean
      /** The index delivers the wanted order. */
      sorted: boolean
      /** Leading fields bound to single values. */
      equalities: number
    }
  | { stage: 'OR'; branches: Plan[] }

export interface PlanInput {
  info: CollectionInfo
  filter: Filter
  sort: readonly SortField[]
  order: StringOrder | undefined
  hint: Value | undefined
  isMultikey: (space: Key) => boolean
}

/** More ranges than this are not worth enumerating one by one. */
const MOST_RANGES = 2000

/**
 * Chooses how to find the documents. Whatever it chooses, the whole filter is tested again on each document, so a
 * range may be too wide but never too narrow.
 * @throws StoreError 2 for a hint that names no index
 */
export function choosePlan(input: PlanInput): Plan {
  const { info, filter, hint } = input
  if (hint !== undefined) return hintedPlan(input, hint)
  const conjuncts = conjunctsOf(filter)
  for (const leaf of conjuncts) {
    if (
      leaf.kind === 'compare' &&
      leaf.path === '_id' &&
      leaf.op === '$eq' &&
      isPoint(leaf.value) &&
      sameOrder(info.order, leaf.order, leaf.value)
    )
      return { stage: 'IDHACK', id: leaf.value }
  }
  let best: Extract<Plan, { stage: 'IXSCAN' }> | undefined
  let bestScore = 0
  for (const index of info.indexes) {
    if (index.hidden) continue
    const candidate = planIndex(input, index, conjuncts, false)
    if (!candidate) continue
    const score = scoreOf(candidate)
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  if (best && best.equalities === 0) {
    const union = planOr(input, conjuncts)
    if (union) return union
  }
  if (best) return best
  return planOr(input, conjuncts) ?? { stage: 'COLLSCAN' }
}

// Equalities narrow most, then a sort that need not be done, then a range.
function scoreOf(plan: Extract<Plan, { stage: 'IXSCAN' }>): number {
  const bounded = plan.ranges.some((range) => range.from !== '' || range.to !== END) ? 1 : 0
  return (
    plan.equalities * 100 +
    (plan.sorted ? 40 : 0) +
    bounded * 20 +
    (plan.index.unique && plan.equalities === plan.index.fields.length ? 50 : 0) -
    plan.index.fields.length
  )
}

function hintedPlan(input: PlanInput, hint: Value): Plan {
  if (hint instanceof Map && hint.size === 1 && hint.has('$natural')) return { stage: 'COLLSCAN' }
  const index = findHinted(input.info, hint)
  if (!index)
    throw new StoreError(
      2,
      'error processing query: planner returned error: bad hint :: caused by :: hint provided does not correspond to an existing index',
    )
  const plan = planIndex(input, index, conjunctsOf(input.filter), true)
  // MongoDB lets a hint choose a sparse index that leaves documents out; a partial one likewise.
  return (
    plan ?? { stage: 'IXSCAN', index, ranges: [{ from: '', to: END }], reverse: false, sorted: false, equalities: 0 }
  )
}

export function findHinted(info: CollectionInfo, hint: Value): IndexInfo | undefined {
  if (typeof hint === 'string') return info.indexes.find((index) => index.name === hint)
  if (!(hint instanceof Map)) throw new StoreError(9, 'Hint must be a string or an object')
  const wanted = keyPatternText(hint)
  return info.indexes.find((index) => keyPatternText(index.spec.get('key') as Doc) === wanted)
}

export const keyPatternText = (pattern: Doc): string =>
  [...pattern]
    .map(
      ([path, way]) =>
        `${path}:${typeof way === 'string' ? way : Math.sign(Number(typeof way === 'object' && way && 'value' in way ? way.value : way))}`,
    )
    .join(',')

/** The parts of a filter that must all hold. */
function conjunctsOf(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.children.flatMap(conjunctsOf) : [filter]
}

const END = '\xff'.repeat(8)

function planIndex(
  input: PlanInput,
  index: IndexInfo,
  conjuncts: Filter[],
  forced: boolean,
): Extract<Plan, { stage: 'IXSCAN' }> | undefined {
  if (!forced && index.partial && !impliesFilter(conjuncts, conjunctsOf(index.partial))) return undefined
  const multikey = input.isMultikey(index.space)
  let prefixes: Key[] = ['']
  let at = 0
  let points = true
  let ranges: KeyRange[] | undefined
  let bounded = false
  for (; at < index.fields.length; at++) {
    const field = index.fields[at]!
    const bounds = boundsOf(field.path, conjuncts, index, multikey)
    if (!bounds) break
    bounded = true
    const encoded = bounds.map((bound) => (field.descending ? flip(bound) : bound))
    if (bounds.every((bound) => bound.point) && prefixes.length * bounds.length <= MOST_RANGES) {
      prefixes = prefixes.flatMap((prefix) => encoded.map((bound) => prefix + bound.from))
      if (bounds.length > 1) points = false
      continue
    }
    ranges = prefixes.flatMap((prefix) =>
      encoded.map((bound) => ({ from: prefix + bound.from, to: prefix + bound.to })),
    )
    break
  }
  const equalities = at
  const sortable = points && !multikey && orderFits(index, input)
  const sorting = sortable && input.sort.length > 0 ? matchSort(index, equalities, input.sort) : undefined
  if (!bounded && !sorting && !forced) return undefined
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
  }
}

function orderFits(index: IndexInfo, { order }: PlanInput): boolean {
  // A fold tells equal from unequal but does not know the collation's alphabet, so it cannot replace a sort.
  return index.order === undefined && order === undefined
}

function matchSort(
  index: IndexInfo,
  equalities: number,
  sort: readonly SortField[],
): 'forward' | 'reverse' | undefined {
  // Fields bound to one value may be passed over, wherever the sort names them.
  const fixed = new Set(index.fields.slice(0, equalities).map((field) => field.path))
  const wanted = sort.filter((field) => !fixed.has(field.path))
  const rest = index.fields.slice(equalities)
  if (wanted.length === 0) return 'forward'
  if (wanted.length > rest.length) return undefined
  const reversed = wanted[0]!.descending !== rest[0]!.descending
  for (let at = 0; at < wanted.length; at++) {
    if (wanted[at]!.path !== rest[at]!.path) return undefined
    if ((wanted[at]!.descending !== rest[at]!.descending) !== reversed) return undefined
  }
  return reversed ? 'reverse' : 'forward'
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

function planOr(input: PlanInput, conjuncts: Filter[]): Plan | undefined {
  for (const leaf of conjuncts) {
    if (leaf.kind !== 'or') continue
    const branches = leaf.children.map((child) => choosePlan({ ...input, filter: child, sort: [], hint: undefined }))
    if (branches.every((plan) => plan.stage !== 'COLLSCAN')) return { stage: 'OR', branches }
  }
  return undefined
}
