import { compareValues, equalValues, typeOrder } from '../bson/compare.ts'
import { bsonType, isMarker, UNDEFINED, type Value } from '../bson/values.ts'
import type { Filter } from './filter.ts'

/** Whether a comparison with this cannot be satisfied by a missing field: null stands for one, and so does what is compared with every type. */
export const needsValue = (value: Value): boolean => value !== null && !isMarker(value)

/** Whether every document the first conditions match is matched by the second ones too; false when in doubt. */
export function impliesFilter(conjuncts: Filter[], needed: Filter[]): boolean {
  return needed.every((need) => conjuncts.some((have) => implies(have, need)))
}

function implies(have: Filter, need: Filter): boolean {
  if (have.kind === 'and') return have.children.some((child) => implies(child, need))
  if (have.kind === 'or') return have.children.every((child) => implies(child, need))
  if (need.kind === 'and') return need.children.every((child) => implies(have, child))
  if (need.kind === 'or') return need.children.some((child) => implies(have, child))
  if (!('path' in have) || !('path' in need) || have.path !== need.path) return false
  if (need.kind === 'exists') {
    if (have.kind === 'exists') return have.exists === need.exists
    if (!need.exists) return false
    if (have.kind === 'compare') return needsValue(have.value)
    if (have.kind === 'in') return !have.values.some((value) => value === null || value === UNDEFINED)
    return true
  }
  if (need.kind === 'type' && have.kind === 'compare')
    return (
      have.op === '$eq' &&
      !Array.isArray(have.value) &&
      have.value !== null &&
      need.types.includes(bsonType(have.value)) &&
      !isNumberType(bsonType(have.value), need.types)
    )
  if (need.kind === 'type' && have.kind === 'type') return have.types.every((type) => need.types.includes(type))
  if (need.kind === 'in' && have.kind === 'in')
    return have.values.every((value) => need.values.some((other) => equalValues(value, other)))
  if (need.kind === 'in' && have.kind === 'compare')
    return have.op === '$eq' && need.values.some((other) => equalValues(have.value, other))
  if (need.kind !== 'compare' || have.kind !== 'compare' || have.order?.id !== need.order?.id) return false
  if (Array.isArray(have.value) || Array.isArray(need.value))
    return have.op === need.op && equalValues(have.value, need.value)
  if (typeOrder(have.value) !== typeOrder(need.value)) return false
  const result = compareValues(have.value, need.value, need.order)
  if (need.op === '$eq') return have.op === '$eq' && result === 0
  const up = need.op === '$gt' || need.op === '$gte'
  if (have.op !== '$eq' && (have.op === '$gt' || have.op === '$gte') !== up) return false
  if (result === 0) return need.op === '$gte' || need.op === '$lte' ? true : have.op === need.op
  return up ? result > 0 : result < 0
}

// 5 equals 5.0, so an equality says nothing about which numeric type is stored, unless all of them are allowed.
function isNumberType(type: number, allowed: number[]): boolean {
  const numeric = [1, 16, 18, 19]
  return numeric.includes(type) && !numeric.every((one) => allowed.includes(one))
}
