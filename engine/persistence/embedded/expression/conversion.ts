import { fitsInt64 } from '../bson/arithmetic.ts'
import { D34, isNumber, toDecimal128, toDouble, toExact, wholeNumber } from '../bson/numbers.ts'
import {
  bsonType,
  DateValue,
  Decimal128,
  int32,
  Int32,
  isDoc,
  ObjectIdValue,
  TimestampValue,
  TYPE_ALIASES,
  typeName,
  type Value,
} from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { isTruthy } from './isTruthy.ts'
import { isNullish, namedOperands, unary } from './operands.ts'
import type { Operators } from './operator.ts'
import { parseDate } from './parseDate.ts'
import { toText } from './toText.ts'

const failed = (value: Value, target: string, why = ''): StoreError =>
  new StoreError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value${why}`,
  )

function parseNumber(text: string, target: string): InstanceType<typeof D34> {
  const value = text.trim() === text && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? new D34(text) : undefined
  if (!value)
    throw new StoreError(
      241,
      `Failed to parse number '${text}' in $convert with no onError value: Did not consume whole string. (to ${target})`,
    )
  return value
}

/** The scale of the text stays: '1.50' is 1.50. */
function exactDecimal(text: string): Decimal128 {
  const value = parseNumber(text, 'decimal')
  return value.precision(true) <= 34 && text.replace(/[^\d]/g, '').length <= 34
    ? Decimal128.fromString(text)
    : toDecimal128(value)
}

function toInteger(value: Value, target: 'int' | 'long'): Value {
  let whole: bigint
  if (typeof value === 'boolean') whole = value ? 1n : 0n
  else if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      throw new StoreError(
        241,
        `Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.`,
      )
    whole = BigInt(value)
  } else if (value instanceof DateValue && target === 'long') whole = BigInt(value.ms)
  else if (isNumber(value)) {
    const exact = toExact(value)
    if (!exact.isFinite()) throw failed(value, target, ': not a finite number')
    whole = BigInt(exact.trunc().toFixed())
  } else throw failed(value, target)
  const fits = target === 'int' ? whole >= -2147483648n && whole <= 2147483647n : fitsInt64(whole)
  if (!fits) throw failed(value, target, ': Conversion would overflow target type')
  return target === 'int' ? int32(Number(whole)) : whole
}

function convert(value: Value, target: number): Value {
  switch (target) {
    case 1:
      if (typeof value === 'boolean') return value ? 1 : 0
      if (typeof value === 'string')
        return /^(NaN|[+-]?Infinity|[+-]?inf)$/i.test(value)
          ? Number(value.replace(/inf$/i, 'Infinity'))
          : parseNumber(value, 'double').toNumber()
      if (value instanceof DateValue) return value.ms
      if (isNumber(value)) return toDouble(value)
      throw failed(value, 'double')
    case 2:
      return toText(value, '$convert')
    case 7:
      if (value instanceof ObjectIdValue) return value
      if (typeof value === 'string' && /^[0-9a-fA-F]{24}$/.test(value))
        return new ObjectIdValue(Buffer.from(value, 'hex'))
      throw typeof value === 'string'
        ? new StoreError(
            241,
            `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
          )
        : failed(value, 'objectId')
    case 8:
      return isTruthy(value)
    case 9:
      if (value instanceof DateValue) return value
      if (value instanceof ObjectIdValue) return new DateValue(value.bytes.readUInt32BE(0) * 1000)
      if (value instanceof TimestampValue) return new DateValue(Number(value.value >> 32n) * 1000)
      if (typeof value === 'string') return parseDate(value, undefined, 'UTC')
      if (isNumber(value) && !(value instanceof Int32)) return new DateValue(Number(toExact(value).trunc().toFixed()))
      throw failed(value, 'date')
    case 16:
      return toInteger(value, 'int')
    case 18:
      return toInteger(value, 'long')
    case 19:
      if (typeof value === 'boolean') return toDecimal128(new D34(value ? 1 : 0))
      if (typeof value === 'string')
        return /^(NaN|[+-]?Infinity)$/i.test(value) ? Decimal128.fromString(value) : exactDecimal(value)
      if (value instanceof DateValue) return toDecimal128(new D34(value.ms))
      if (value instanceof Decimal128) return value
      if (typeof value === 'number')
        return toDecimal128(Number.isFinite(value) ? new D34(value.toPrecision(15)) : new D34(value))
      if (isNumber(value)) return toDecimal128(toExact(value))
      throw failed(value, 'decimal')
    default:
      if (bsonType(value) === target) return value
      throw notSupported(`$convert to type ${target}`)
  }
}

const to = (type: number): Operators[string] => unary((value) => (isNullish(value) ? null : convert(value, type)))

export const conversion: Operators = {
  $toDouble: to(1),
  $toString: to(2),
  $toObjectId: to(7),
  $toBool: to(8),
  $toDate: to(9),
  $toInt: to(16),
  $toLong: to(18),
  $toDecimal: to(19),
  $isNumber: unary((value) => isNumber(value)),
  $type: unary((value) => typeName(value)),
  $convert: (spec, compile, name) => {
    const {
      input,
      to: target,
      onError,
      onNull,
    } = namedOperands(spec, name, ['input', 'to'], ['onError', 'onNull', 'format'])
    const value = compile(input)
    const type = compile(target)
    const whenError = onError === undefined ? undefined : compile(onError)
    const whenNull = onNull === undefined ? undefined : compile(onNull)
    if (isDoc(spec) && spec.has('format')) throw notSupported('$convert format')
    return (scope) => {
      const given = value(scope)
      const wanted = type(scope)
      if (isNullish(given)) return whenNull ? whenNull(scope) : null
      if (isNullish(wanted)) return null
      const number = typeof wanted === 'string' ? TYPE_ALIASES[wanted] : wholeNumber(wanted)
      if (number === undefined) throw new StoreError(2, `Unknown type name: ${String(wanted)}`)
      try {
        return convert(given, number)
      } catch (error) {
        if (whenError && error instanceof StoreError && error.code === 241) return whenError(scope)
        throw error
      }
    }
  },
}
