import {
  BinaryValue,
  DateValue,
  Decimal128,
  Int32,
  isDoc,
  isMarker,
  ObjectIdValue,
  RegexValue,
  TimestampValue,
  type Value,
} from '../bson/values.ts'

/** A value as MongoDB's messages show it: `"text"`, `ObjectId('…')`, `{ a: 1 }`. */
export function showValue(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value)
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Int32) return String(value.value)
  if (value instanceof ObjectIdValue) return `ObjectId('${value.hex}')`
  if (value instanceof DateValue) return `new Date(${value.ms})`
  if (value instanceof Decimal128) return `NumberDecimal("${value.toString()}")`
  if (value instanceof BinaryValue) return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`
  if (value instanceof RegexValue) return `/${value.pattern}/${value.options}`
  if (value instanceof TimestampValue) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`
  if (Array.isArray(value)) return `[ ${value.map(showValue).join(', ')} ]`
  if (isDoc(value)) return `{ ${[...value].map(([name, item]) => `${name}: ${showValue(item)}`).join(', ')} }`
  return isMarker(value) ? value.name : '?'
}
