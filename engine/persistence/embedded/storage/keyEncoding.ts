import { createHash } from 'node:crypto'
import { typeOrder } from '../bson/compare.ts'
import { toExact, type Numeric } from '../bson/numbers.ts'
import {
  type BinaryValue,
  type DateValue,
  Int32,
  type ObjectIdValue,
  OpaqueValue,
  type RegexValue,
  type TimestampValue,
  type Value,
} from '../bson/values.ts'
import type { StringOrder } from '../query/collation.ts'
import type { Decimal } from 'decimal.js'

/**
 * Keys of the store are byte strings held as JavaScript strings of one character per byte ("latin1"): they compare,
 * slice and hash like any string. An encoded value begins with its type's place in MongoDB's order, and no encoding
 * is a prefix of another, so encodings can be concatenated (compound indexes) and inverted (descending fields).
 */
export type Key = string

/** Encodes a value so that byte order is {@link compareValues} order. Equal values have equal encodings. */
export function encodeKey(value: Value, order?: StringOrder): Key {
  const type = typeOrder(value)
  const head = String.fromCharCode(type)
  switch (type) {
    case 0x0a:
      return head + encodeNumber(value as Numeric)
    case 0x0f:
      return (
        head +
        encodeText(
          value instanceof OpaqueValue
            ? value.bytes.toString('utf8', 4, value.bytes.length - 1)
            : order
              ? order.fold(value as string)
              : (value as string),
        )
      )
    case 0x14: {
      let key = head
      for (const [name, item] of value as Map<string, Value>)
        key += String.fromCharCode(typeOrder(item)) + encodeText(name) + encodeKey(item, order)
      return key + '\0'
    }
    case 0x19: {
      let key = head
      for (const item of value as Value[]) key += encodeKey(item, order)
      return key + '\0'
    }
    case 0x1e: {
      const { bytes, subtype } = value as BinaryValue
      return head + unsigned32(bytes.length) + String.fromCharCode(subtype) + bytes.latin1Slice()
    }
    case 0x23:
      return head + (value as ObjectIdValue).bytes.latin1Slice()
    case 0x28:
      return head + (value ? '\x01' : '\0')
    case 0x2d:
      return head + signed64(BigInt((value as DateValue).ms))
    case 0x2f:
      return head + unsigned64((value as TimestampValue).value)
    case 0x32:
      return head + encodeText((value as RegexValue).pattern) + encodeText((value as RegexValue).options)
    case 0x34:
    case 0x36:
    case 0x38:
      return head + unsigned32((value as OpaqueValue).bytes.length) + (value as OpaqueValue).bytes.latin1Slice()
    default:
      return head
  }
}

const scratch = Buffer.alloc(8)

export function unsigned32(value: number): Key {
  scratch.writeUInt32BE(value >>> 0, 0)
  return scratch.latin1Slice(0, 4)
}

/** A record id or counter: 8 bytes, big-endian. */
export function counter64(value: number): Key {
  scratch.writeUInt32BE(Math.floor(value / 0x100000000), 0)
  scratch.writeUInt32BE(value >>> 0, 4)
  return scratch.latin1Slice(0, 8)
}

export function readCounter64(bytes: Buffer): number {
  return bytes.readUInt32BE(0) * 0x100000000 + bytes.readUInt32BE(4)
}

function unsigned64(value: bigint): Key {
  scratch.writeBigUInt64BE(value, 0)
  return scratch.latin1Slice(0, 8)
}

function signed64(value: bigint): Key {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, value) ^ 0x8000000000000000n, 0)
  return scratch.latin1Slice(0, 8)
}

/** UTF-8 with 00 written as 00 FF, ended by 00 00. */
function encodeText(text: string): Key {
  let bytes = text
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 127) {
      bytes = Buffer.from(text, 'utf8').latin1Slice()
      break
    }
  }
  return (bytes.includes('\0') ? bytes.replaceAll('\0', '\0\xff') : bytes) + '\0\0'
}

/** The bytes a string begins with in {@link encodeKey}: bounds of a prefix search. */
export function encodeTextPrefix(text: string): Key {
  return '\x0f' + encodeText(text).slice(0, -2)
}

// A number is written as the greatest double that is not above it, made sortable, and then what is missing: 00 for
// nothing, 01 and the exact remainder for an int64 or Decimal128 between two doubles.
function encodeNumber(value: Numeric): Key {
  if (typeof value === 'number') return sortableDouble(value) + '\0'
  if (value instanceof Int32) return sortableDouble(value.value) + '\0'
  if (typeof value === 'bigint' && value >= -9007199254740992n && value <= 9007199254740992n)
    return sortableDouble(Number(value)) + '\0'
  const exact = toExact(value)
  if (exact.isNaN()) return sortableDouble(NaN) + '\0'
  if (!exact.isFinite()) return sortableDouble(exact.isNegative() ? -Infinity : Infinity) + '\0'
  const floor = doubleBelow(exact)
  if (floor === -Infinity) return sortableDouble(floor) + '\x01' + invert(encodeMagnitude(exact.abs()))
  const rest = exact.minus(toExact(floor))
  return sortableDouble(floor) + (rest.isZero() ? '\0' : '\x01' + encodeMagnitude(rest))
}

function doubleBelow(exact: Decimal): number {
  const near = Number(exact.toString())
  if (near === Infinity) return Number.MAX_VALUE
  if (near === -Infinity) return near
  return toExact(near).greaterThan(exact) ? nextBelow(near) : near
}

function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE
  scratch.writeDoubleBE(value, 0)
  const bits = scratch.readBigInt64BE(0)
  scratch.writeBigInt64BE(value > 0 ? bits - 1n : bits + 1n, 0)
  const below = scratch.readDoubleBE(0)
  return below === -Infinity ? -Infinity : below
}

function sortableDouble(value: number): Key {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0'
  scratch.writeDoubleBE(value === 0 ? 0 : value, 0)
  if (scratch[0]! & 0x80) for (let index = 0; index < 8; index++) scratch[index] = ~scratch[index]! & 0xff
  else scratch[0]! |= 0x80
  return scratch.latin1Slice(0, 8)
}

/** Exponent and significant digits of a positive number; 60 digits tell any two remainders apart. */
function encodeMagnitude(value: Decimal): Key {
  const [digits, exponent] = value.toExponential(60).split('e') as [string, string]
  const significant = digits.replace('.', '').replace(/0+$/, '')
  return unsigned32(Number(exponent) + 0x10000) + significant + '\0'
}

/** Flips every bit, which turns the order round: for a descending field of an index. */
export function invert(key: Key): Key {
  const bytes = Buffer.from(key, 'latin1')
  for (let index = 0; index < bytes.length; index++) bytes[index] = ~bytes[index]! & 0xff
  return bytes.latin1Slice()
}

/** lmdb refuses keys above 1,978 bytes. */
const LONGEST = 1900
/** Bytes of a longer key that stay as they are; a hash follows. */
export const KEPT = LONGEST - 32

export const isTooLong = (key: Key): boolean => key.length > LONGEST

/** A key that fits: beyond the limit the rest is replaced by its hash. Equality survives, order does not. */
export function shorten(key: Key): Key {
  if (key.length <= LONGEST) return key
  return key.slice(0, KEPT) + createHash('sha256').update(key, 'latin1').digest().latin1Slice()
}

/** The smallest key above every key that begins with `prefix`. */
export function afterPrefix(prefix: Key): Key {
  let end = prefix.length
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xff) end--
  return end === 0 ? '\xff'.repeat(16) : prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1)
}
