import { addNumbers, bigintOf, multiplyNumbers } from '../bson/arithmetic.ts'
import { compareValues, equalValues } from '../bson/compare.ts'
import { isNumber, toDouble, wholeNumber } from '../bson/numbers.ts'
import {
  emptyDoc,
  DateValue,
  int32,
  Int32,
  isDoc,
  TimestampValue,
  typeName,
  type Doc,
  type Value,
} from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { isOperators } from '../query/valueTests.ts'
import { compileSort, sortItems } from '../query/sort.ts'
import type { StringOrder } from '../query/collation.ts'

export interface UpdateContext {
  order: StringOrder | undefined
  /** Milliseconds since 1970. */
  now: number
}

/** What an operator makes of a field: a new value, or `REMOVE`, or `KEEP` (nothing changes, nothing is created). */
export const KEEP = Symbol('keep')
export const REMOVE = Symbol('remove')
export type Change = Value | typeof KEEP | typeof REMOVE

/** Prepared once per statement, applied to each document's value (undefined: the field is missing). */
export type Prepare = (operand: Value, path: string, context: UpdateContext) => (current: Value | undefined) => Change

export const OPERATORS: Record<string, Prepare> = {
  $set: (operand) => () => operand,
  $setOnInsert: (operand) => () => operand,
  $unset: () => (current) => (current === undefined ? KEEP : REMOVE),
  $inc: (operand, path) => arithmetic('$inc', 'increment', operand, path, addNumbers, int32(0)),
  $mul: (operand, path) => arithmetic('$mul', 'multiply', operand, path, multiplyNumbers, int32(0)),
  $min:
    (operand, _path, { order }) =>
    (current) =>
      current === undefined || compareValues(operand, current, order) < 0 ? operand : KEEP,
  $max:
    (operand, _path, { order }) =>
    (current) =>
      current === undefined || compareValues(operand, current, order) > 0 ? operand : KEEP,
  $currentDate: currentDate,
  $bit: bit,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
}

function arithmetic(
  name: string,
  verb: string,
  operand: Value,
  path: string,
  apply: typeof addNumbers,
  start: Int32,
): (current: Value | undefined) => Change {
  if (!isNumber(operand))
    throw new StoreError(14, `Cannot ${verb} with non-numeric argument: {${path}: ${typeName(operand)}}`)
  return (current) => {
    // $mul of a missing field is a zero of the operand's type.
    if (current === undefined) return name === '$inc' ? operand : apply(start, operand)!
    if (!isNumber(current))
      throw new StoreError(
        14,
        `Cannot apply ${name} to a value of non-numeric type. {${path}} has the field of non-numeric type ${typeName(current)}`,
      )
    const result = apply(current, operand)
    if (result === undefined)
      throw new StoreError(
        2,
        `Failed to apply ${name} operations to current value ((NumberLong)${String(current)}) for document`,
      )
    return result
  }
}

function currentDate(operand: Value, _path: string, { now }: UpdateContext): () => Change {
  if (operand === true || operand === false) return () => new DateValue(now)
  const type = isDoc(operand) && operand.size === 1 ? operand.get('$type') : undefined
  if (type === 'date') return () => new DateValue(now)
  if (type === 'timestamp') return () => nextTimestamp(now)
  throw new StoreError(
    2,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  )
}

let lastTimestamp = 0n
/** Seconds in the high half and a counter, never the same twice. */
export function nextTimestamp(now: number): TimestampValue {
  const start = (BigInt(Math.floor(now / 1000)) << 32n) + 1n
  lastTimestamp = start > lastTimestamp ? start : lastTimestamp + 1n
  return new TimestampValue(lastTimestamp)
}

function bit(operand: Value, path: string): (current: Value | undefined) => Change {
  if (!isDoc(operand) || operand.size === 0)
    throw new StoreError(
      2,
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  const steps = [...operand].map(([name, value]) => {
    if (name !== 'and' && name !== 'or' && name !== 'xor')
      throw new StoreError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: #}`,
      )
    if (!(value instanceof Int32) && typeof value !== 'bigint')
      throw new StoreError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: {${name}: #}`,
      )
    return { name, value }
  })
  return (current) => {
    const start = current === undefined ? int32(0) : current
    if (!(start instanceof Int32) && typeof start !== 'bigint')
      throw new StoreError(
        2,
        `Cannot apply $bit to a value of non-integral type. {${path}} has the field of non-integer type ${typeName(start)}`,
      )
    let long = typeof start === 'bigint'
    let bits = bigintOf(start)
    for (const { name, value } of steps) {
      if (typeof value === 'bigint') long = true
      const other = bigintOf(value)
      bits = name === 'and' ? bits & other : name === 'or' ? bits | other : bits ^ other
    }
    return long ? bits : int32(Number(bits))
  }
}

function needArray(name: string, path: string, current: Value): Value[] {
  if (!Array.isArray(current))
    throw new StoreError(
      2,
      name === '$push' || name === '$addToSet'
        ? `The field '${path}' must be an array but is of type ${typeName(current)} in document`
        : `Cannot apply ${name} to a non-array value`,
    )
  return current
}

function push(operand: Value, path: string, { order }: UpdateContext): (current: Value | undefined) => Change {
  const modifiers = isDoc(operand) && operand.has('$each') ? operand : undefined
  if (!modifiers) {
    if (isDoc(operand))
      for (const name of operand.keys())
        if (name === '$slice' || name === '$sort' || name === '$position')
          throw new StoreError(2, `Unrecognized clause in $push: ${name} needs $each`)
    return (current) => [...(current === undefined ? [] : needArray('$push', path, current)), operand]
  }
  const each = modifiers.get('$each')
  if (!Array.isArray(each))
    throw new StoreError(2, `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`)
  for (const name of modifiers.keys())
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw new StoreError(2, `Unrecognized clause in $push: ${name}`)
  const position = wholeModifier(modifiers, '$position')
  const slice = wholeModifier(modifiers, '$slice')
  const sort = modifiers.get('$sort')
  const sorted = sort === undefined ? undefined : sorter(sort, order)
  return (current) => {
    const items = [...(current === undefined ? [] : needArray('$push', path, current))]
    const at =
      position === undefined
        ? items.length
        : position < 0
          ? Math.max(0, items.length + position)
          : Math.min(position, items.length)
    items.splice(at, 0, ...each)
    const result = sorted ? sorted(items) : items
    if (slice === undefined) return result
    return slice >= 0 ? result.slice(0, slice) : result.slice(slice)
  }
}

function wholeModifier(modifiers: Doc, name: string): number | undefined {
  const value = modifiers.get(name)
  if (value === undefined) return undefined
  const whole = isNumber(value) ? wholeNumber(value) : undefined
  if (whole === undefined)
    throw new StoreError(2, `The value for ${name} must be an integer value but was given type: ${typeName(value)}`)
  return whole
}

function sorter(spec: Value, order: StringOrder | undefined): (items: Value[]) => Value[] {
  if (isDoc(spec)) {
    if (spec.size === 0) throw new StoreError(2, 'The $sort pattern is empty when it should be a set of fields.')
    const fields = compileSort(spec)
    // Elements that are no documents have none of the fields.
    return (items) => sortItems(items, (item): Doc => (isDoc(item) ? item : emptyDoc()), fields, order)
  }
  const way = isNumber(spec) ? wholeNumber(spec) : undefined
  if (way !== 1 && way !== -1) throw new StoreError(2, 'The $sort element value must be either 1 or -1')
  return (items) => [...items].sort((a, b) => way * compareValues(a, b, order))
}

function addToSet(operand: Value, path: string, { order }: UpdateContext): (current: Value | undefined) => Change {
  const each = isDoc(operand) && operand.keys().next().value === '$each' ? operand.get('$each') : [operand]
  if (!Array.isArray(each))
    throw new StoreError(14, `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`)
  if (isDoc(operand) && operand.has('$each') && operand.size > 1)
    throw new StoreError(2, `Found unexpected fields after $each in $addToSet`)
  return (current) => {
    const items = current === undefined ? [] : [...needArray('$addToSet', path, current)]
    const before = items.length
    for (const value of each) if (!items.some((item) => equalValues(item, value, order))) items.push(value)
    return current !== undefined && items.length === before ? KEEP : items
  }
}

function pop(operand: Value, path: string): (current: Value | undefined) => Change {
  const way = isNumber(operand) ? wholeNumber(operand) : undefined
  if (way !== 1 && way !== -1)
    throw new StoreError(9, `$pop expects 1 or -1, found: ${isNumber(operand) ? toDouble(operand) : typeName(operand)}`)
  return (current) => {
    if (current === undefined) return KEEP
    if (!Array.isArray(current))
      throw new StoreError(14, `Path '${path}' contains an element of non-array type '${typeName(current)}'`)
    if (current.length === 0) return KEEP
    return way === 1 ? current.slice(0, -1) : current.slice(1)
  }
}

function pull(operand: Value, _path: string, { order }: UpdateContext): (current: Value | undefined) => Change {
  let test: (item: Value) => boolean
  if (isOperators(operand) || !isDoc(operand)) {
    // Compiled as $elemMatch on a list of one, so that an element that is an array counts as one value.
    const condition: Doc = isDoc(operand) ? operand : new Map([['$in', [operand]]])
    const filter = compileFilter(new Map([['item', new Map([['$elemMatch', condition]])]]), { order })
    test = (item) => filter.matches(new Map([['item', [item]]]))
  } else {
    const filter = compileFilter(operand, { order })
    test = (item) => isDoc(item) && filter.matches(item)
  }
  return (current) => {
    if (current === undefined) return KEEP
    const left = needArray('$pull', '', current).filter((item) => !test(item))
    return left.length === (current as Value[]).length ? KEEP : left
  }
}

function pullAll(operand: Value, _path: string, { order }: UpdateContext): (current: Value | undefined) => Change {
  if (!Array.isArray(operand))
    throw new StoreError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`)
  return (current) => {
    if (current === undefined) return KEEP
    const left = needArray('$pullAll', '', current).filter(
      (item) => !operand.some((value) => equalValues(item, value, order)),
    )
    return left.length === (current as Value[]).length ? KEEP : left
  }
}
