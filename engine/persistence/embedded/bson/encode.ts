import { BsonError, MESSAGE_DEPTH, tooDeep } from './decode.ts'
import {
  BinaryValue,
  DateValue,
  Decimal128,
  Int32,
  MAX_KEY,
  MIN_KEY,
  ObjectIdValue,
  OpaqueValue,
  RawDoc,
  RegexValue,
  TimestampValue,
  type Doc,
  type Value,
} from './values.ts'

/** Encodes a document. @throws BsonError for a NUL in a field name, and 15 for more than `levels` of nesting */
export function encode(document: Doc, levels = MESSAGE_DEPTH): Buffer {
  const writer = new Writer()
  writer.document(document, MESSAGE_DEPTH - levels)
  return writer.result()
}

let spare = Buffer.allocUnsafe(1 << 16)

class Writer {
  private buffer = spare
  private at = 0

  result(): Buffer {
    const bytes = Buffer.from(this.buffer.subarray(0, this.at))
    // Kept for the next document; a giant one is let go.
    if (this.buffer.length <= 1 << 20) spare = this.buffer
    return bytes
  }

  document(document: Doc, depth: number): void {
    if (depth > MESSAGE_DEPTH) throw tooDeep()
    const start = this.begin()
    for (const [name, value] of document) this.element(name, value, depth)
    this.end(start)
  }

  private array(values: Value[], depth: number): void {
    if (depth > MESSAGE_DEPTH) throw tooDeep()
    const start = this.begin()
    for (let index = 0; index < values.length; index++) this.element(String(index), values[index]!, depth)
    this.end(start)
  }

  private begin(): number {
    this.room(5)
    const start = this.at
    this.at += 4
    return start
  }

  private end(start: number): void {
    this.room(1)
    this.buffer[this.at++] = 0
    this.buffer.writeInt32LE(this.at - start, start)
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(larger, 0, 0, this.at)
    this.buffer = larger
  }

  private name(type: number, name: string): void {
    const longest = name.length * 3
    this.room(longest + 2)
    this.buffer[this.at++] = type
    this.text(name)
    this.buffer[this.at++] = 0
  }

  /** Writes without length or terminator; room for three bytes per character must be there. */
  private text(text: string): void {
    const start = this.at
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 127 || text.length > 40) {
        this.at = start + this.buffer.utf8Write(text, start)
        return
      }
      this.buffer[this.at++] = code
    }
  }

  private cstring(text: string): void {
    this.room(text.length * 3 + 1)
    this.text(text)
    this.buffer[this.at++] = 0
  }

  private raw(bytes: Buffer): void {
    this.room(bytes.length)
    bytes.copy(this.buffer, this.at)
    this.at += bytes.length
  }

  private element(name: string, value: Value, depth: number): void {
    if (name.includes('\0')) throw new BsonError('field names may not contain the NUL character')
    if (value === null) return this.name(0x0a, name)
    switch (typeof value) {
      case 'string': {
        this.name(0x02, name)
        this.room(text3(value) + 5)
        const start = this.at
        this.at += 4
        this.text(value)
        this.buffer[this.at++] = 0
        this.buffer.writeInt32LE(this.at - start - 4, start)
        return
      }
      case 'number':
        this.name(0x01, name)
        this.room(8)
        this.at = this.buffer.writeDoubleLE(value, this.at)
        return
      case 'bigint':
        this.name(0x12, name)
        this.room(8)
        this.at = this.buffer.writeBigInt64LE(value, this.at)
        return
      case 'boolean':
        this.name(0x08, name)
        this.room(1)
        this.buffer[this.at++] = value ? 1 : 0
        return
      default:
    }
    if (value instanceof Map) {
      this.name(0x03, name)
      this.document(value, depth + 1)
    } else if (Array.isArray(value)) {
      this.name(0x04, name)
      this.array(value, depth + 1)
    } else if (value instanceof RawDoc) {
      this.name(0x03, name)
      this.raw(value.bytes)
    } else if (value instanceof Int32) {
      this.name(0x10, name)
      this.room(4)
      this.at = this.buffer.writeInt32LE(value.value, this.at)
    } else if (value instanceof ObjectIdValue) {
      this.name(0x07, name)
      this.raw(value.bytes)
    } else if (value instanceof DateValue) {
      this.name(0x09, name)
      this.room(8)
      this.at = this.buffer.writeBigInt64LE(BigInt(value.ms), this.at)
    } else if (value instanceof BinaryValue) {
      this.name(0x05, name)
      this.room(5)
      this.at = this.buffer.writeInt32LE(value.bytes.length, this.at)
      this.buffer[this.at++] = value.subtype
      this.raw(value.bytes)
    } else if (value instanceof RegexValue) {
      this.name(0x0b, name)
      this.cstring(value.pattern)
      this.cstring(value.options)
    } else if (value instanceof TimestampValue) {
      this.name(0x11, name)
      this.room(8)
      this.at = this.buffer.writeBigUInt64LE(value.value, this.at)
    } else if (value instanceof Decimal128) {
      this.name(0x13, name)
      this.raw(Buffer.from(value.bytes))
    } else if (value instanceof OpaqueValue) {
      this.name(value.type, name)
      this.raw(value.bytes)
    } else {
      this.name(value === MIN_KEY ? 0xff : value === MAX_KEY ? 0x7f : 0x06, name)
    }
  }
}

const text3 = (text: string): number => text.length * 3
