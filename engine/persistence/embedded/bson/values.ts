/**
 * BSON values in memory, one JavaScript shape per BSON type, so that nothing changes type on its way through:
 * double = number, int64 = bigint, int32 = {@link Int32}, document = Map (keeps any field order), array = Array.
 * Absence is `undefined`; BSON's own deprecated "undefined" is {@link UNDEFINED}.
 */
import { Decimal128 } from 'bson'

export class Int32 {
  constructor(readonly value: number) {}
}

export class ObjectIdValue {
  /** 12 bytes. */
  constructor(readonly bytes: Buffer) {}
  get hex(): string {
    return this.bytes.toString('hex')
  }
}

/** Milliseconds since 1970. */
export class DateValue {
  constructor(readonly ms: number) {}
}

export class BinaryValue {
  constructor(
    readonly bytes: Buffer,
    readonly subtype: number,
  ) {}
}

export class RegexValue {
  constructor(
    readonly pattern: string,
    readonly options: string,
  ) {}
}

/** Unsigned 64 bits: seconds in the high half, a counter in the low one. */
export class TimestampValue {
  constructor(readonly value: bigint) {}
}

/** JavaScript code, code with scope, symbol and DBPointer: kept as bytes, compared as bytes, never interpreted. */
export class OpaqueValue {
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
  ) {}
}

/** A document already encoded: written as it is. Only met in replies and in stored documents, never in a query. */
export class RawDoc {
  constructor(readonly bytes: Buffer) {}
}

class Marker {
  constructor(readonly name: 'minKey' | 'maxKey' | 'undefined') {}
}
export type { Marker }
export const MIN_KEY = new Marker('minKey')
export const MAX_KEY = new Marker('maxKey')
export const UNDEFINED = new Marker('undefined')
export const isMarker = (value: unknown): value is Marker => value instanceof Marker

export { Decimal128 }

export type Doc = Map<string, Value>
export type Value =
  | null
  | number
  | bigint
  | string
  | boolean
  | Int32
  | Decimal128
  | ObjectIdValue
  | DateValue
  | BinaryValue
  | RegexValue
  | TimestampValue
  | OpaqueValue
  | Marker
  | RawDoc
  | Doc
  | Value[]

export const isDoc = (value: unknown): value is Doc => value instanceof Map

/** A document from a literal; entries that are `undefined` are left out. Whole numbers become int32. */
export function doc(literal: Record<string, Value | undefined>): Doc {
  const result: Doc = new Map()
  for (const key of Object.keys(literal)) {
    const value = literal[key]
    if (value !== undefined) result.set(key, value)
  }
  return result
}

export const emptyDoc = (): Doc => new Map<string, Value>()

export const int32 = (value: number): Int32 => new Int32(value)
/** The smallest integer type that holds a count. */
export const integer = (value: number): Int32 | bigint =>
  value >= -2147483648 && value <= 2147483647 ? new Int32(value) : BigInt(value)

/** BSON type numbers, https://bsonspec.org/spec.html */
export function bsonType(value: Value): number {
  if (value === null) return 10
  switch (typeof value) {
    case 'number':
      return 1
    case 'string':
      return 2
    case 'boolean':
      return 8
    case 'bigint':
      return 18
    default:
  }
  if (value instanceof Map) return 3
  if (Array.isArray(value)) return 4
  if (value instanceof Int32) return 16
  if (value instanceof ObjectIdValue) return 7
  if (value instanceof DateValue) return 9
  if (value instanceof BinaryValue) return 5
  if (value instanceof RegexValue) return 11
  if (value instanceof TimestampValue) return 17
  if (value instanceof Decimal128) return 19
  if (value instanceof OpaqueValue) return value.type
  if (value instanceof RawDoc) return 3
  if (value === MIN_KEY) return 255
  if (value === MAX_KEY) return 127
  return 6
}

export const TYPE_ALIASES: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
}
const NAMES = new Map(Object.entries(TYPE_ALIASES).map(([name, number]) => [number, name]))

/** The alias `$type` uses: "int", "objectId", … */
export function typeName(value: Value | undefined): string {
  return value === undefined ? 'missing' : (NAMES.get(bsonType(value)) ?? 'unknown')
}
