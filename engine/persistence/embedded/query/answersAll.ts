import { isNumber } from '../bson/numbers.ts'
import type { Value } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import { encodeKey, isTooLong } from '../storage/keyEncoding.ts'
import type { Filter } from './filter.ts'
import { impliesFilter } from './impliesFilter.ts'

/**
 * Whether every document that the first `bound` fields of an index lead to matches all conditions, so that counting need
 * not read them. False when in doubt.
 */
export function answersAll(index: IndexInfo, bound: number, conjuncts: Filter[]): boolean {
  if (index.order) return false
  const paths = new Set<string>()
  return conjuncts.every((leaf) => {
    if (index.partial && impliesFilter([index.partial], [leaf])) return true
    if (!('path' in leaf) || paths.has(leaf.path)) return false
    paths.add(leaf.path)
    const at = index.fields.findIndex((field) => field.path === leaf.path)
    return at >= 0 && at < bound && isExact(leaf)
  })
}

/** Whether the bounds of an index say the same as the condition. */
function isExact(leaf: Filter): boolean {
  if (leaf.kind === 'regex') return leaf.whole
  if (leaf.kind === 'in') return !leaf.order && leaf.values.every(isPlain)
  return leaf.kind === 'compare' && leaf.op === '$eq' && !leaf.order && isPlain(leaf.value)
}

const isPlain = (value: Value): boolean =>
  (typeof value === 'string' || typeof value === 'boolean' || isNumber(value)) && !isTooLong(encodeKey(value))
