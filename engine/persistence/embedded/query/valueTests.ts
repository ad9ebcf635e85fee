import { compareValues, equalValues, typeOrder } from '../bson/compare.ts'
import { isNaNValue, isNumber, toDouble, toExact, wholeNumber } from '../bson/numbers.ts'
import {
  isDoc,
  type Doc,
  BinaryValue,
  MAX_KEY,
  MIN_KEY,
  OpaqueValue,
  RegexValue,
  TYPE_ALIASES,
  UNDEFINED,
  type Value,
} from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { StringOrder } from './collation.ts'
import type { Comparison, Filter, FilterContext, MatchDetails } from './filter.ts'
import { compileRegex, literalPrefix } from './regex.ts'
import { walkElements, walkPath } from './walkPath.ts'

interface Test {
  (value: Value | undefined): boolean
}

/** Stands for "this array element"; no field can be called so. */
export const ELEMENT = '\0'

/** A predicate over the elements a path leads to. */
export function elements(path: string, test: Test): Pick<Filter, 'fields' | 'matches'> {
  const parts = path.split('.')
  const top = parts[0]!
  const record = (details: MatchDetails | undefined, index: number | undefined): true => {
    if (details && index !== undefined) details.arrayIndex = index
    return true
  }
  if (path === ELEMENT) return { fields: null, matches: (document) => test(document.get(ELEMENT)) }
  if (parts.length === 1)
    return {
      fields: new Set([top]),
      matches: (document, details) => {
        const value = document.get(top)
        if (Array.isArray(value))
          for (let index = 0; index < value.length; index++) if (test(value[index])) return record(details, index)
        return test(value)
      },
    }
  return {
    fields: new Set([top]),
    matches: (document, details) =>
      walkElements(document, parts, (value, index) => test(value) && record(details, index)),
  }
}

/** A predicate over the values a path leads to, arrays as a whole. */
export function wholes(
  path: string,
  test: (value: Value | undefined, details?: MatchDetails) => boolean,
): Pick<Filter, 'fields' | 'matches'> {
  const parts = path.split('.')
  return {
    fields: new Set([parts[0]!]),
    matches: (document, details) =>
      walkPath(document, parts, (value, index) => {
        if (!test(value, details)) return false
        if (details && index !== undefined) details.arrayIndex = index
        return true
      }),
  }
}

const isNullish = (value: Value | undefined): boolean => value === undefined || value === null || value === UNDEFINED

function compareTest(op: Comparison, operand: Value, order: StringOrder | undefined): Test {
  if (operand === null || operand === UNDEFINED) {
    // null also stands for "missing"; nothing is greater or less than null within its type.
    return op === '$gt' || op === '$lt' ? () => false : isNullish
  }
  if (op === '$eq') return (value) => value !== undefined && equalValues(value, operand, order)
  if (operand === MIN_KEY || operand === MAX_KEY) {
    return (value) => {
      const result = compareValues(value === undefined ? null : value, operand)
      return op === '$gt' ? result > 0 : op === '$gte' ? result >= 0 : op === '$lt' ? result < 0 : result <= 0
    }
  }
  const type = typeOrder(operand)
  if (isNaNValue(operand))
    return op === '$gt' || op === '$lt' ? () => false : (value) => value !== undefined && isNaNValue(value)
  return (value) => {
    if (value === undefined || typeOrder(value) !== type || isNaNValue(value)) return false
    const result = compareValues(value, operand, order)
    return op === '$gt' ? result > 0 : op === '$gte' ? result >= 0 : op === '$lt' ? result < 0 : result <= 0
  }
}

/** `$eq`, `$gt` … by MongoDB's order; only values of the operand's own type compare. */
export function compare(path: string, op: Comparison, value: Value, context: FilterContext): Filter {
  const { order } = context
  return { kind: 'compare', path, op, value, order, ...elements(path, compareTest(op, value, order)) }
}

/** @throws StoreError 2 and 51091 for a pattern JavaScript cannot run as PCRE does */
export function regex(path: string, pattern: string, options: string): Filter {
  const compiled = compileRegex(pattern, options)
  const test: Test = (value) => {
    if (typeof value === 'string') return compiled.test(value)
    if (value instanceof RegexValue) return value.pattern === pattern && sameLetters(value.options, options)
    return (
      value instanceof OpaqueValue &&
      value.type === 0x0e &&
      compiled.test(value.bytes.toString('utf8', 4, value.bytes.length - 1))
    )
  }
  const prefix = literalPrefix(pattern, options)
  const whole = prefix !== '' && pattern.replaceAll('\\', '') === `^${prefix.replaceAll('\\', '')}`
  return { kind: 'regex', path, prefix, whole, ...elements(path, test) }
}

const sameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('')

/** `$in` and `$nin`; regular expressions in the list search. @throws StoreError 2 */
export function inList(path: string, operator: string, operand: Value, order: StringOrder | undefined): Filter {
  if (!Array.isArray(operand)) throw new StoreError(2, `${operator} needs an array`)
  const patterns: RegexValue[] = []
  const values: Value[] = []
  for (const item of operand) {
    if (item instanceof RegexValue) patterns.push(item)
    else if (isOperators(item)) throw new StoreError(2, `cannot nest $ under ${operator}`)
    else values.push(item)
  }
  // A long list of strings is searched by hash; other types are compared.
  const texts = new Set(
    values.filter((value) => typeof value === 'string').map((text) => (order ? order.fold(text) : text)),
  )
  const others = values.filter((value) => typeof value !== 'string').map((value) => compareTest('$eq', value, order))
  const foldless = order !== undefined && order.fold('Á') === 'Á'
  const compared = foldless ? values.map((value) => compareTest('$eq', value, order)) : others
  const compiled = patterns.map((pattern) => compileRegex(pattern.pattern, pattern.options))
  const test: Test = (value) => {
    if (typeof value === 'string') {
      if (!foldless && texts.has(order ? order.fold(value) : value)) return true
      if (compiled.some((pattern) => pattern.test(value))) return true
      return foldless && compared.some((equal) => equal(value))
    }
    if (value instanceof RegexValue && patterns.some((pattern) => equalValues(pattern, value))) return true
    return compared.some((equal) => equal(value))
  }
  const matching = elements(path, test)
  return patterns.length > 0 ? { kind: 'other', ...matching } : { kind: 'in', path, values, order, ...matching }
}

/** @throws StoreError 2 for an unknown alias, 9 for a number that is no type */
export function typeNumbers(operand: Value): number[] {
  const list = Array.isArray(operand) ? operand : [operand]
  if (list.length === 0) throw new StoreError(9, ' must match at least one type')
  return list.flatMap((item) => {
    if (typeof item === 'string') {
      if (item === 'number') return [1, 16, 18, 19]
      const number = TYPE_ALIASES[item]
      if (number === undefined) throw new StoreError(2, `Unknown type name alias: ${item}`)
      return [number]
    }
    const number = wholeNumber(item)
    if (number === undefined)
      throw new StoreError(isNumber(item) ? 2 : 14, 'type must be represented as a number or a string')
    if (number === -1) return [255]
    if (number === 0 || !Object.values(TYPE_ALIASES).includes(number))
      throw new StoreError(2, `Invalid numerical type code: ${number}`)
    return [number]
  })
}

/** `$mod`. @throws StoreError 2 */
export function modTest(operand: Value): Test {
  if (!Array.isArray(operand)) throw new StoreError(2, 'malformed mod, needs to be an array')
  if (operand.length < 2) throw new StoreError(2, 'malformed mod, not enough elements')
  if (operand.length > 2) throw new StoreError(2, 'malformed mod, too many elements')
  const [divisorValue, remainderValue] = operand
  if (!isNumber(divisorValue) || !isNumber(remainderValue))
    throw new StoreError(2, 'malformed mod, divisor or remainder not a number')
  if (!Number.isFinite(toDouble(divisorValue)) || !Number.isFinite(toDouble(remainderValue)))
    throw new StoreError(2, 'malformed mod, divisor or remainder value is invalid')
  const divisor = BigInt(toExact(divisorValue).trunc().toFixed())
  const remainder = BigInt(toExact(remainderValue).trunc().toFixed())
  if (divisor === 0n) throw new StoreError(2, 'divisor cannot be 0')
  return (value) => {
    if (!isNumber(value)) return false
    const exact = toExact(value)
    return exact.isFinite() && BigInt(exact.trunc().toFixed()) % divisor === remainder
  }
}

/** `$bitsAllSet` and its like, over a mask or a list of positions. @throws StoreError 2, 9 */
export function bitsTest(operator: string, operand: Value): Test {
  let positions: bigint[]
  if (Array.isArray(operand)) {
    positions = operand.map((item) => {
      const bit = wholeNumber(item)
      if (bit === undefined || bit < 0) throw new StoreError(2, `bit positions must be >= 0 in ${operator}`)
      return BigInt(bit)
    })
  } else {
    let mask: bigint
    if (operand instanceof BinaryValue) mask = littleEndian(operand)
    else {
      const number = wholeNumber(operand)
      const large = typeof operand === 'bigint' ? operand : number === undefined ? undefined : BigInt(number)
      if (large === undefined || large < 0n)
        throw new StoreError(9, `${operator} takes an Array, a number, or a BinData`)
      mask = large
    }
    positions = []
    for (let bit = 0n; mask >> bit > 0n; bit++) if ((mask >> bit) & 1n) positions.push(bit)
  }
  return (value) => {
    let bits: bigint
    if (value instanceof BinaryValue) bits = littleEndian(value)
    else if (isNumber(value)) {
      const exact = toExact(value)
      if (!exact.isFinite() || !exact.isInteger()) return false
      bits = BigInt(exact.toFixed())
      if (bits < -(2n ** 63n) || bits >= 2n ** 63n) return false
    } else return false
    const isSet = (bit: bigint): boolean => ((bits >> bit) & 1n) === 1n
    if (operator === '$bitsAllSet') return positions.every(isSet)
    if (operator === '$bitsAnySet') return positions.some(isSet)
    return operator === '$bitsAllClear' ? !positions.some(isSet) : !positions.every(isSet)
  }
}

const littleEndian = (value: BinaryValue): bigint =>
  value.bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n)

/** {$gt: 5} is operators, {a: 1} and the DBRef {$ref, $id} are values. */
export function isOperators(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false
  const first = value.keys().next().value
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
}
