import { compareValues, equalValues, typeOrder } from '../bson/compare.ts'
import { isNaNValue, isNumber, toDouble, toExact, wholeNumber } from '../bson/numbers.ts'
import {
  BinaryValue,
  bsonType,
  isDoc,
  MAX_KEY,
  MIN_KEY,
  OpaqueValue,
  RegexValue,
  TYPE_ALIASES,
  UNDEFINED,
  type Doc,
  type Value,
} from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { isTruthy } from '../expression/isTruthy.ts'
import { newScope, type Variables } from '../expression/scope.ts'
import type { StringOrder } from './collation.ts'
import type { Comparison, Filter, MatchDetails } from './filter.ts'
import { compileJsonSchema } from './compileJsonSchema.ts'
import { compileRegex, literalPrefix } from './regex.ts'
import { walkElements, walkPath } from './walkPath.ts'

export interface FilterContext {
  order?: StringOrder | undefined
  /** Variables `$expr` may use (`let`, `$$NOW` …). */
  variables?: Variables | undefined
}

/**
 * Compiles a query filter.
 * @throws StoreError 2 for an unknown operator or a wrong operand, 115 for one the store does not have
 */
export function compileFilter(spec: Doc, context: FilterContext = {}): Filter {
  const children: Filter[] = []
  for (const [key, value] of spec) {
    if (key.startsWith('$')) {
      const child = compileTopLevel(key, value, context)
      if (child) children.push(child)
    } else children.push(...compileField(key, value, context))
  }
  return children.length === 1 ? children[0]! : and(children)
}

function and(children: Filter[]): Filter {
  return {
    kind: 'and',
    children,
    fields: unionFields(children),
    matches: (document, details) => {
      for (const child of children) if (!child.matches(document, details)) return false
      return true
    },
  }
}

function unionFields(children: Filter[]): Set<string> | null {
  const all = new Set<string>()
  for (const child of children) {
    if (!child.fields) return null
    for (const field of child.fields) all.add(field)
  }
  return all
}

const MATCH_ALL: Filter = and([])

function compileTopLevel(key: string, value: Value, context: FilterContext): Filter | undefined {
  switch (key) {
    case '$and':
      return and(branches(key, value, context))
    case '$or': {
      const children = branches(key, value, context)
      return {
        kind: 'or',
        children,
        fields: unionFields(children),
        matches: (document, details) => children.some((child) => child.matches(document, details)),
      }
    }
    case '$nor': {
      const children = branches(key, value, context)
      return {
        kind: 'nor',
        children,
        fields: unionFields(children),
        matches: (document) => !children.some((child) => child.matches(document)),
      }
    }
    case '$expr': {
      const evaluate = compileExpression(value, context.variables)
      return {
        kind: 'other',
        fields: null,
        matches: (document) => isTruthy(evaluate(newScope(document, context.variables, context.order))),
      }
    }
    case '$comment':
      return undefined
    case '$alwaysTrue':
      return MATCH_ALL
    case '$alwaysFalse':
      return { kind: 'other', fields: new Set(), matches: () => false }
    case '$jsonSchema': {
      if (!isDoc(value)) throw new StoreError(14, '$jsonSchema must be an object')
      const matches = compileJsonSchema(value)
      return { kind: 'other', fields: null, matches: (document) => matches(document) }
    }
    case '$where':
    case '$text':
    case '$sampleRate':
      throw notSupported(key)
    default:
      throw new StoreError(
        2,
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      )
  }
}

function branches(key: string, value: Value, context: FilterContext): Filter[] {
  if (!Array.isArray(value)) throw new StoreError(2, `${key} must be an array`)
  if (value.length === 0) throw new StoreError(2, '$and/$or/$nor must be a nonempty array')
  return value.map((branch) => {
    if (!isDoc(branch)) throw new StoreError(2, '$or/$and/$nor entries need to be full objects')
    return compileFilter(branch, context)
  })
}

/** {$gt: 5} is operators, {a: 1} and the DBRef {$ref, $id} are values. */
export function isOperators(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false
  const first = value.keys().next().value
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
}

function compileField(path: string, value: Value, context: FilterContext): Filter[] {
  if (value instanceof RegexValue) return [regex(path, value.pattern, value.options)]
  if (!isOperators(value)) return [compare(path, '$eq', value, context)]
  const children: Filter[] = []
  for (const [operator, operand] of value) {
    const child = compileOperator(path, operator, operand, value, context)
    if (child) children.push(child)
  }
  return children
}

interface Test {
  (value: Value | undefined): boolean
}

/** Stands for "this array element"; no field can be called so. */
const ELEMENT = '\0'

/** A predicate over the elements a path leads to. */
function elements(path: string, test: Test): Pick<Filter, 'fields' | 'matches'> {
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
function wholes(
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

function compare(path: string, op: Comparison, value: Value, context: FilterContext): Filter {
  const { order } = context
  return { kind: 'compare', path, op, value, order, ...elements(path, compareTest(op, value, order)) }
}

function regex(path: string, pattern: string, options: string): Filter {
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
  return { kind: 'regex', path, prefix: literalPrefix(pattern, options), ...elements(path, test) }
}

const sameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('')

function not(child: Filter): Filter {
  return { kind: 'not', child, fields: child.fields, matches: (document) => !child.matches(document) }
}

function compileOperator(
  path: string,
  operator: string,
  operand: Value,
  all: Doc,
  context: FilterContext,
): Filter | undefined {
  const { order } = context
  switch (operator) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof RegexValue && operator !== '$eq')
        throw new StoreError(2, `Can't have RegEx as arg to predicate over field '${path}'.`)
      return compare(path, operator, operand, context)
    case '$ne':
      if (operand instanceof RegexValue) throw new StoreError(2, "Can't have regex as arg to $ne.")
      return not(compare(path, '$eq', operand, context))
    case '$in':
      return inList(path, operator, operand, order)
    case '$nin':
      return not(inList(path, operator, operand, order))
    case '$exists': {
      const exists = isTruthy(operand)
      const present = wholes(path, (value) => value !== undefined)
      return {
        kind: 'exists',
        path,
        exists,
        fields: present.fields,
        matches: exists ? present.matches : (document) => !present.matches(document),
      }
    }
    case '$type': {
      const types = typeNumbers(operand)
      return {
        kind: 'type',
        path,
        types,
        ...elements(path, (value) => value !== undefined && types.includes(bsonType(value))),
      }
    }
    case '$mod':
      return { kind: 'other', ...elements(path, modTest(operand)) }
    case '$regex': {
      const options = all.get('$options')
      if (options !== undefined && typeof options !== 'string') throw new StoreError(2, '$options has to be a string')
      if (operand instanceof RegexValue) {
        if (options && operand.options) throw new StoreError(51075, 'options set in both $regex and $options')
        return regex(path, operand.pattern, options ?? operand.options)
      }
      if (typeof operand !== 'string') throw new StoreError(2, '$regex has to be a string')
      return regex(path, operand, options ?? '')
    }
    case '$options':
      if (!all.has('$regex')) throw new StoreError(2, '$options needs a $regex')
      return undefined
    case '$size': {
      const size = wholeNumber(operand)
      if (size === undefined) throw new StoreError(2, `Failed to parse $size. Expected a number in: $size`)
      if (size < 0) throw new StoreError(2, `Failed to parse $size. Expected a non-negative number in: $size: ${size}`)
      return { kind: 'other', ...wholes(path, (value) => Array.isArray(value) && value.length === size) }
    }
    case '$all':
      return compileAll(path, operand, context)
    case '$elemMatch':
      return compileElemMatch(path, operand, context)
    case '$not': {
      if (operand instanceof RegexValue) return not(regex(path, operand.pattern, operand.options))
      if (!isDoc(operand)) throw new StoreError(2, '$not needs a regex or a document')
      if (operand.size === 0) throw new StoreError(2, '$not cannot be empty')
      if (!isOperators(operand)) throw new StoreError(2, 'the argument of $not must be operators')
      return not(and(compileField(path, operand, context)))
    }
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { kind: 'other', ...elements(path, bitsTest(operator, operand)) }
    case '$comment':
      return undefined
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$within':
    case '$geoNear':
      throw notSupported(operator)
    default:
      throw new StoreError(2, `unknown operator: ${operator}`)
  }
}

function inList(path: string, operator: string, operand: Value, order: StringOrder | undefined): Filter {
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

function modTest(operand: Value): Test {
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

function compileAll(path: string, operand: Value, context: FilterContext): Filter {
  if (!Array.isArray(operand)) throw new StoreError(2, '$all needs an array')
  if (operand.length === 0) return { kind: 'other', fields: new Set(), matches: () => false }
  const children = operand.map((item) => {
    if (isOperators(item)) {
      const [operator, argument] = [...item][0]!
      if (operator !== '$elemMatch') throw new StoreError(2, 'no $ expressions in $all')
      return compileElemMatch(path, argument, context)
    }
    return item instanceof RegexValue ? regex(path, item.pattern, item.options) : compare(path, '$eq', item, context)
  })
  return children.length === 1 ? children[0]! : and(children)
}

function compileElemMatch(path: string, operand: Value, context: FilterContext): Filter {
  if (!isDoc(operand)) throw new StoreError(2, '$elemMatch needs an Object')
  const first = operand.keys().next().value
  const ofValues = isOperators(operand) && first !== '$and' && first !== '$or' && first !== '$nor' && first !== '$expr'
  // Operators on bare values are compiled as if the element were a field of its own, which is never searched inside.
  const child = ofValues ? and(compileField(ELEMENT, operand, context)) : compileFilter(operand, context)
  const test = (item: Value): boolean => {
    if (ofValues) return child.matches(new Map([[ELEMENT, item]]))
    if (isDoc(item)) return child.matches(item)
    return Array.isArray(item) && child.matches(new Map(item.map((value, index) => [String(index), value])))
  }
  const matching = wholes(path, (value, details) => {
    if (!Array.isArray(value)) return false
    const index = value.findIndex(test)
    if (index >= 0 && details) details.arrayIndex = index
    return index >= 0
  })
  return { kind: 'elemMatch', path, child: ofValues ? MATCH_ALL : child, ...matching }
}

function bitsTest(operator: string, operand: Value): Test {
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
