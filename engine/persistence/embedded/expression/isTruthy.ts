import { isNumber, toExact } from '../bson/numbers.ts'
import { UNDEFINED, type Value } from '../bson/values.ts'

/** False, null, zero and missing are false; everything else, NaN included, is true. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === UNDEFINED) return false
  if (typeof value === 'number') return value !== 0
  return !isNumber(value) || !toExact(value).isZero()
}
