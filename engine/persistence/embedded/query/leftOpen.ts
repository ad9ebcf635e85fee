import { isNumber } from '../bson/numbers.ts'
import type { Value } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import { encodeKey, isTooLong } from '../storage/keyEncoding.ts'
import type { Filter } from './filter.ts'
import { impliesFilter } from './impliesFilter.ts'

/**
 * The conditions that documents may fail to which the first `bound` fields of an index lead; all of them when in doubt.
 * None: they all match, and counting need not read them.
 */
export function leftOpen(index: IndexInfo, bound: number, conjuncts: Filter[]): Filter[] {
  if (index.order) return conjuncts
  const paths = new Set<string>()
  return conjuncts.filter((leaf) => {
    if (index.partial && impliesFilter([index.partial], [leaf])) return false
    if (!('path' in leaf) || paths.has(leaf.path)) return true
    paths.add(leaf.path)
    const at = index.fields.findIndex((field) => field.path === leaf.path)
    const field = index.fields[at]
    return !field || at >= bound || !isExact(leaf, field.descending)
  })
}

/** Whether the bounds of an index say the same as the condition. */
function isExact(leaf: Filter, descending: boolean): boolean {
  if (leaf.kind === 'regex') return leaf.whole && !descending
  if (leaf.kind === 'in') return !leaf.order && leaf.values.every(isPlain)
  return leaf.kind === 'compare' && leaf.op === '$eq' && !leaf.order && isPlain(leaf.value)
}

const isPlain = (value: Value): boolean =>
  (typeof value === 'string' || typeof value === 'boolean' || isNumber(value)) && !isTooLong(encodeKey(value))
