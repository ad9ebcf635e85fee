import { compareNumbers, isNumber, type Numeric } from './numbers.ts'
import {
  BinaryValue,
  bsonType,
  DateValue,
  Decimal128,
  Int32,
  MAX_KEY,
  MIN_KEY,
  ObjectIdValue,
  OpaqueValue,
  RegexValue,
  TimestampValue,
  type Doc,
  type Value,
} from './values.ts'
import type { StringOrder } from '../query/collation.ts'

/** Position of a value's type in MongoDB's sort order; numbers share one, so do string and symbol. */
export function typeOrder(value: Value | undefined): number {
  if (value === undefined) return 0x03
  if (value === null) return 0x05
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 0x0a
    case 'string':
      return 0x0f
    case 'boolean':
      return 0x28
    default:
  }
  if (value instanceof Int32 || value instanceof Decimal128) return 0x0a
  if (value instanceof Map) return 0x14
  if (Array.isArray(value)) return 0x19
  if (value instanceof BinaryValue) return 0x1e
  if (value instanceof ObjectIdValue) return 0x23
  if (value instanceof DateValue) return 0x2d
  if (value instanceof TimestampValue) return 0x2f
  if (value instanceof RegexValue) return 0x32
  if (value === MIN_KEY) return 0x01
  if (value === MAX_KEY) return 0xf0
  if (value instanceof OpaqueValue) return { 0x0c: 0x34, 0x0d: 0x36, 0x0e: 0x0f, 0x0f: 0x38 }[value.type] ?? 0x3a
  return 0x03
}

/** MongoDB's order of BSON values, docs "BSON comparison order". `order` compares strings when a collation is set. */
export function compareValues(a: Value, b: Value, order?: StringOrder): number {
  const type = typeOrder(a)
  const difference = type - typeOrder(b)
  if (difference !== 0) return difference < 0 ? -1 : 1
  switch (type) {
    case 0x0a:
      return compareNumbers(a as Numeric, b as Numeric)
    case 0x0f: {
      if (typeof a !== 'string' || typeof b !== 'string') return compareText(symbolText(a), symbolText(b))
      return order ? order.compare(a, b) : compareText(a, b)
    }
    case 0x14:
      return compareDocuments(a as Doc, b as Doc, order)
    case 0x19: {
      const x = a as Value[]
      const y = b as Value[]
      for (let index = 0; index < x.length && index < y.length; index++) {
        const result = compareValues(x[index]!, y[index]!, order)
        if (result !== 0) return result
      }
      return Math.sign(x.length - y.length)
    }
    case 0x1e: {
      const x = a as BinaryValue
      const y = b as BinaryValue
      return (
        Math.sign(x.bytes.length - y.bytes.length) ||
        Math.sign(x.subtype - y.subtype) ||
        Buffer.compare(x.bytes, y.bytes)
      )
    }
    case 0x23:
      return Buffer.compare((a as ObjectIdValue).bytes, (b as ObjectIdValue).bytes)
    case 0x28:
      return Number(a) - Number(b)
    case 0x2d:
      return Math.sign((a as DateValue).ms - (b as DateValue).ms)
    case 0x2f: {
      const x = (a as TimestampValue).value
      const y = (b as TimestampValue).value
      return x < y ? -1 : x > y ? 1 : 0
    }
    case 0x32: {
      const x = a as RegexValue
      const y = b as RegexValue
      return compareText(x.pattern, y.pattern) || compareText(x.options, y.options)
    }
    case 0x34:
    case 0x36:
    case 0x38:
      return Buffer.compare((a as OpaqueValue).bytes, (b as OpaqueValue).bytes)
    default:
      return 0
  }
}

function symbolText(value: Value): string {
  return value instanceof OpaqueValue ? value.bytes.toString('utf8', 4, value.bytes.length - 1) : (value as string)
}

function compareDocuments(a: Doc, b: Doc, order?: StringOrder): number {
  const others = b.entries()
  for (const [name, value] of a) {
    const next = others.next()
    if (next.done) return 1
    const [otherName, other] = next.value
    const result =
      Math.sign(typeOrder(value) - typeOrder(other)) ||
      compareText(name, otherName) ||
      compareValues(value, other, order)
    if (result !== 0) return result
  }
  return others.next().done ? 0 : -1
}

// MongoDB compares UTF-8 bytes, which is code-point order; JavaScript compares UTF-16 units, which differs only
// where a surrogate (a character above U+FFFF) meets U+E000–U+FFFF.
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x === y) continue
    const surrogateX = x >= 0xd800 && x <= 0xdfff
    const surrogateY = y >= 0xd800 && y <= 0xdfff
    if (surrogateX !== surrogateY) return surrogateX ? 1 : -1
    return x < y ? -1 : 1
  }
  return Math.sign(a.length - b.length)
}

/** Equality of values as `{field: value}` means it: numbers across types, documents field by field in order. */
export function equalValues(a: Value, b: Value, order?: StringOrder): boolean {
  if (a === b) return true
  if (typeof a === 'string' && typeof b === 'string' && !order) return false
  return compareValues(a, b, order) === 0
}

/** Equality byte for byte: also the numeric type must be the same. An update that changes nothing writes nothing. */
export function identicalValues(a: Value, b: Value): boolean {
  if (bsonType(a) !== bsonType(b)) return false
  if (isNumber(a)) {
    if (typeof a === 'number') return Object.is(a, b)
    if (a instanceof Decimal128) return Buffer.compare(Buffer.from(a.bytes), Buffer.from((b as Decimal128).bytes)) === 0
    return compareNumbers(a, b as Numeric) === 0
  }
  if (a instanceof Map) {
    if (a.size !== (b as Doc).size) return false
    const others = (b as Doc).entries()
    for (const [name, value] of a) {
      const [otherName, other] = others.next().value!
      if (name !== otherName || !identicalValues(value, other)) return false
    }
    return true
  }
  if (Array.isArray(a)) {
    const other = b as Value[]
    return a.length === other.length && a.every((value, index) => identicalValues(value, other[index]!))
  }
  return compareValues(a, b) === 0
}
