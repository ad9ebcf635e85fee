import {
  BinaryValue,
  DateValue,
  Decimal128,
  Int32,
  MAX_KEY,
  MIN_KEY,
  ObjectIdValue,
  OpaqueValue,
  RegexValue,
  TimestampValue,
  UNDEFINED,
  type Doc,
  type Value,
} from './values.ts'

/** Bytes that are not BSON, or values that cannot become BSON. */
export class BsonError extends Error {
  /** MongoDB's code for it: 22 InvalidBSON, 15 Overflow for nesting that is too deep. */
  constructor(
    message: string,
    readonly code = 22,
  ) {
    super(message)
  }
}

/** Levels of nesting in a stored document (MongoDB's limit). */
export const STORED_DEPTH = 180
/** Levels of nesting in a message: it wraps the documents it carries. */
export const MESSAGE_DEPTH = 200

/** @throws BsonError 15 */
export const tooDeep = (): BsonError => new BsonError('BSONObj exceeded maximum nested object depth', 15)

/** Decodes a whole document that begins at `offset` and has at most `levels` of nesting. @throws BsonError */
export function decode(buffer: Buffer, offset = 0, levels = MESSAGE_DEPTH): Doc {
  return readDocument(buffer, offset, MESSAGE_DEPTH - levels, undefined)
}

/** Decodes only the named top-level fields: a filter rarely needs the others, and they cost most of the time. */
export function decodeFields(buffer: Buffer, fields: ReadonlySet<string>): Doc {
  return readDocument(buffer, 0, 0, fields)
}

function readDocument(buffer: Buffer, start: number, depth: number, fields: ReadonlySet<string> | undefined): Doc {
  const end = endOf(buffer, start)
  if (depth > MESSAGE_DEPTH) throw tooDeep()
  const result: Doc = new Map()
  let at = start + 4
  let wanted = fields?.size ?? Infinity
  if (wanted === 0) return result
  while (at < end) {
    const type = buffer[at]!
    const nameEnd = endOfName(buffer, at + 1, end)
    const name = text(buffer, at + 1, nameEnd)
    at = nameEnd + 1
    const size = sizeOf(buffer, type, at)
    if (at + size > end) throw new BsonError(`the value of '${name}' runs past the end of its document`)
    if (fields === undefined || fields.has(name)) {
      result.set(name, readValue(buffer, type, at, size, depth))
      if (--wanted === 0) break
    }
    at += size
  }
  return result
}

function readArray(buffer: Buffer, start: number, depth: number): Value[] {
  const end = endOf(buffer, start)
  if (depth > MESSAGE_DEPTH) throw tooDeep()
  const result: Value[] = []
  let at = start + 4
  while (at < end) {
    const type = buffer[at]!
    at = endOfName(buffer, at + 1, end) + 1
    const size = sizeOf(buffer, type, at)
    if (at + size > end) throw new BsonError('an array element runs past the end of its array')
    result.push(readValue(buffer, type, at, size, depth))
    at += size
  }
  return result
}

function endOf(buffer: Buffer, start: number): number {
  if (start + 5 > buffer.length) throw new BsonError('truncated document')
  const size = buffer.readInt32LE(start)
  if (size < 5 || start + size > buffer.length || buffer[start + size - 1] !== 0)
    throw new BsonError(`invalid document size ${size}`)
  return start + size - 1
}

function endOfName(buffer: Buffer, at: number, end: number): number {
  while (at < end && buffer[at] !== 0) at++
  if (at >= end) throw new BsonError('unterminated field name')
  return at
}

/** Bytes of the value at `at`, without its type byte and name. Throws on an unknown type. */
function sizeOf(buffer: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return 8
    case 0x02:
    case 0x0d:
    case 0x0e: {
      const size = lengthAt(buffer, at, 1)
      if (buffer[at + 3 + size] !== 0) throw new BsonError('string without a terminator')
      return 4 + size
    }
    case 0x03:
    case 0x04:
    case 0x0f:
      return lengthAt(buffer, at, 5)
    case 0x05:
      return 5 + lengthAt(buffer, at, 0)
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      return 0
    case 0x07:
      return 12
    case 0x08:
      return 1
    case 0x0b: {
      const first = endOfName(buffer, at, buffer.length)
      return endOfName(buffer, first + 1, buffer.length) + 1 - at
    }
    case 0x0c:
      return 4 + lengthAt(buffer, at, 1) + 12
    case 0x10:
      return 4
    case 0x13:
      return 16
    default:
      throw new BsonError(`unrecognized BSON type 0x${type.toString(16)}`)
  }
}

function lengthAt(buffer: Buffer, at: number, least: number): number {
  if (at + 4 > buffer.length) throw new BsonError('truncated value')
  const size = buffer.readInt32LE(at)
  if (size < least || at + size > buffer.length) throw new BsonError(`invalid length ${size}`)
  return size
}

function readValue(buffer: Buffer, type: number, at: number, size: number, depth: number): Value {
  switch (type) {
    case 0x01:
      return buffer.readDoubleLE(at)
    case 0x02:
      return text(buffer, at + 4, at + size - 1)
    case 0x03:
      return readDocument(buffer, at, depth + 1, undefined)
    case 0x04:
      return readArray(buffer, at, depth + 1)
    case 0x05:
      return new BinaryValue(copy(buffer, at + 5, at + size), buffer[at + 4]!)
    case 0x06:
      return UNDEFINED
    case 0x07:
      return new ObjectIdValue(copy(buffer, at, at + 12))
    case 0x08:
      return buffer[at] !== 0
    case 0x09:
      return new DateValue(Number(buffer.readBigInt64LE(at)))
    case 0x0a:
      return null
    case 0x0b: {
      const middle = endOfName(buffer, at, at + size)
      return new RegexValue(text(buffer, at, middle), text(buffer, middle + 1, at + size - 1))
    }
    case 0x10:
      return new Int32(buffer.readInt32LE(at))
    case 0x11:
      return new TimestampValue(buffer.readBigUInt64LE(at))
    case 0x12:
      return buffer.readBigInt64LE(at)
    case 0x13:
      return new Decimal128(copy(buffer, at, at + 16))
    case 0x7f:
      return MAX_KEY
    case 0xff:
      return MIN_KEY
    default:
      return new OpaqueValue(type, copy(buffer, at, at + size))
  }
}

// The bytes may lie in a buffer that the next read overwrites, or in a frame of 48 MB that a slice would keep alive.
function copy(buffer: Buffer, from: number, to: number): Buffer {
  return Buffer.from(buffer.subarray(from, to))
}

// Short ASCII, which nearly all names and most values are, is built here: a call into C++ costs more.
function text(buffer: Buffer, from: number, to: number): string {
  if (to - from > 24) return buffer.utf8Slice(from, to)
  let result = ''
  for (let at = from; at < to; at++) {
    const byte = buffer[at]!
    if (byte > 127) return buffer.utf8Slice(from, to)
    result += String.fromCharCode(byte)
  }
  return result
}
