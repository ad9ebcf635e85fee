import {
  BinaryValue,
  DateValue,
  Decimal128,
  Int32,
  ObjectIdValue,
  OpaqueValue,
  typeName,
  type Value,
} from '../bson/values.ts'
import { StoreError } from '../errors.ts'

/** A scalar as text, as `$toString` gives it. @throws StoreError 16007 for what has no text */
export function toText(value: Value, name: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return doubleText(value)
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Int32) return String(value.value)
  if (value instanceof Decimal128) return value.toString()
  if (value instanceof ObjectIdValue) return value.hex
  if (value instanceof DateValue) return new Date(value.ms).toISOString()
  if (value instanceof OpaqueValue && value.type === 0x0e)
    return value.bytes.toString('utf8', 4, value.bytes.length - 1)
  if (value instanceof BinaryValue && value.subtype === 4 && value.bytes.length === 16)
    return value.bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  throw new StoreError(16007, `can't convert from BSON type ${typeName(value)} to String in ${name}`)
}

function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return Object.is(value, -0) ? '-0' : String(value)
}
