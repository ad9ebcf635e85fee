import { DateValue, ObjectIdValue, TimestampValue, typeName, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'

/** Milliseconds of a date, a timestamp or an ObjectId. @throws StoreError 16006 for anything else */
export function toMoment(value: Value, name: string): number {
  if (value instanceof DateValue) return value.ms
  if (value instanceof TimestampValue) return Number(value.value >> 32n) * 1000
  if (value instanceof ObjectIdValue) return value.bytes.readUInt32BE(0) * 1000
  throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date in ${name}`)
}
