import type { Doc, Value } from '../bson/values.ts'
import type { CollectionInfo, IndexInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import type { Filter } from './filter.ts'
import { isPoint, sameOrder } from './bounds.ts'
import type { IndexScan, Plan, PlanInput } from './plan.ts'
import { conjunctsOf, END, planIndex } from './planIndex.ts'

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
  const candidates = info.indexes.flatMap((index) => (index.hidden ? [] : scansOf(input, index, conjuncts)))
  let best: IndexScan | undefined
  let bestScore = 0
  for (const candidate of candidates) {
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
  if (best) return input.choose && candidates.length > 1 ? input.choose(candidates, best) : best
  return planOr(input, conjuncts) ?? { stage: 'COLLSCAN' }
}

/** Ways to use an index. Of several conditions on an array only one can bound it: each of them is a way. */
function scansOf(input: PlanInput, index: IndexInfo, conjuncts: Filter[]): IndexScan[] {
  const first = planIndex(input, index, conjuncts, false)
  if (!first || !input.choose) return first ? [first] : []
  const last = index.fields[first.bound - 1]
  const rivals = conjuncts.filter((leaf) => 'path' in leaf && leaf.path === last?.path)
  if (rivals.length < 2 || (input.multikeyFields(index.space) & (1 << (first.bound - 1))) === 0) return [first]
  return rivals.flatMap((rival) => {
    const others = conjuncts.filter((leaf) => leaf === rival || !rivals.includes(leaf))
    const scan = planIndex(input, index, others, false)
    return scan ? [{ ...scan, conjuncts, open: [...scan.open, ...rivals.filter((leaf) => leaf !== rival)] }] : []
  })
}

// Equalities narrow most, then a sort that need not be done, then a range.
function scoreOf(plan: IndexScan): number {
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
    plan ?? {
      stage: 'IXSCAN',
      index,
      ranges: [{ from: '', to: END }],
      ...{
        reverse: false,
        sorted: false,
        equalities: 0,
        bound: 0,
        open: conjunctsOf(input.filter),
        conjuncts: conjunctsOf(input.filter),
        mergeable: undefined,
      },
    }
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

function planOr(input: PlanInput, conjuncts: Filter[]): Plan | undefined {
  for (const leaf of conjuncts) {
    if (leaf.kind !== 'or') continue
    const branches = leaf.children.map((child) =>
      choosePlan({ ...input, filter: child, sort: [], hint: undefined, choose: undefined }),
    )
    if (branches.every((plan) => plan.stage !== 'COLLSCAN')) return { stage: 'OR', branches }
  }
  return undefined
}
