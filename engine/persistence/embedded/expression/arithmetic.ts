import { addNumbers, bigintOf, multiplyNumbers, subtractNumbers } from '../bson/arithmetic.ts'
import { D34, decimalOf, isNumber, toDecimal128, toDouble, toExact, type Numeric } from '../bson/numbers.ts'
import { DateValue, Decimal128, int32, Int32, typeName, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isNullish, nary, needWhole, unary } from './operands.ts'
import type { Operator, Operators } from './operator.ts'

type D = ReturnType<typeof decimalOf>

/** One number to one number: doubles for anything but Decimal128. */
const real = (name: string, double: (x: number) => number, decimal: (x: D) => D): Operator =>
  unary((value) => {
    if (isNullish(value)) return null
    if (!isNumber(value)) throw new StoreError(28765, `${name} only supports numeric types, not ${typeName(value)}`)
    return value instanceof Decimal128 ? toDecimal128(decimal(decimalOf(value))) : double(toDouble(value))
  })

/** One number to a whole number of the same type. */
const rounded = (name: string, double: (x: number) => number, decimal: (x: D) => D): Operator =>
  unary((value) => {
    if (isNullish(value)) return null
    if (!isNumber(value)) throw new StoreError(28765, `${name} only supports numeric types, not ${typeName(value)}`)
    if (typeof value === 'number') return double(value)
    return value instanceof Decimal128 ? toDecimal128(decimal(decimalOf(value))) : value
  })

function sum(values: readonly (Value | undefined)[]): Value {
  let total: Numeric = int32(0)
  let date = false
  for (const value of values) {
    if (isNullish(value)) return null
    if (value instanceof DateValue) {
      if (date) throw new StoreError(16612, 'only one date allowed in an $add expression')
      date = true
      total = addNumbers(total, BigInt(value.ms)) ?? toDouble(total) + value.ms
    } else if (isNumber(value)) total = addNumbers(total, value) ?? toDouble(total) + toDouble(value)
    else throw new StoreError(14, `$add only supports numeric or date types, not ${typeName(value)}`)
  }
  return date ? new DateValue(Math.round(toDouble(total))) : total
}

function subtract(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null
  if (a instanceof DateValue) {
    if (b instanceof DateValue) return BigInt(a.ms - b.ms)
    if (isNumber(b)) return new DateValue(Math.round(a.ms - toDouble(b)))
  }
  if (isNumber(a) && isNumber(b)) return subtractNumbers(a, b) ?? toDouble(a) - toDouble(b)
  throw new StoreError(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`)
}

function divide(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null
  if (!isNumber(a) || !isNumber(b))
    throw new StoreError(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`)
  if (toExact(b).isZero()) throw new StoreError(2, "can't $divide by zero")
  if (a instanceof Decimal128 || b instanceof Decimal128) return toDecimal128(decimalOf(a).div(decimalOf(b)))
  return toDouble(a) / toDouble(b)
}

function modulo(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null
  if (!isNumber(a) || !isNumber(b))
    throw new StoreError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`)
  if (toExact(b).isZero()) throw new StoreError(16610, "can't $mod by zero")
  if (a instanceof Decimal128 || b instanceof Decimal128) return toDecimal128(decimalOf(a).mod(decimalOf(b)))
  if (typeof a === 'number' || typeof b === 'number') return toDouble(a) % toDouble(b)
  const rest = bigintOf(a) % bigintOf(b)
  return a instanceof Int32 && b instanceof Int32 ? int32(Number(rest)) : rest
}

function power(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null
  if (!isNumber(a) || !isNumber(b)) throw new StoreError(28762, `$pow's base and exponent must be numeric`)
  if (a instanceof Decimal128 || b instanceof Decimal128) return toDecimal128(decimalOf(a).pow(decimalOf(b)))
  if (toDouble(a) === 0 && toDouble(b) < 0)
    throw new StoreError(28764, '$pow cannot take a base of 0 and a negative exponent')
  if (typeof a === 'number' || typeof b === 'number' || toDouble(b) < 0) return Math.pow(toDouble(a), toDouble(b))
  if (toDouble(b) > 64 && Math.abs(toDouble(a)) > 1) return Math.pow(toDouble(a), toDouble(b))
  const result = bigintOf(a) ** bigintOf(b)
  if (a instanceof Int32 && b instanceof Int32 && result >= -2147483648n && result <= 2147483647n)
    return int32(Number(result))
  return BigInt.asIntN(64, result) === result ? result : Math.pow(toDouble(a), toDouble(b))
}

// Half to even, on the decimal digits the double stands for.
function roundTo(value: Value | undefined, placesValue: Value | undefined, mode: 'round' | 'trunc'): Value {
  if (isNullish(value) || placesValue === null) return null
  if (!isNumber(value)) throw new StoreError(51081, `$${mode} only supports numeric types, not ${typeName(value)}`)
  const places = placesValue === undefined ? 0 : needWhole(placesValue, `$${mode}`)
  if (places < -20 || places > 100)
    throw new StoreError(51083, `cannot apply $${mode} with precision value ${places} value must be in [-20, 100]`)
  const rounding = mode === 'round' ? D34.ROUND_HALF_EVEN : D34.ROUND_DOWN
  const apply = (exact: D): D => {
    if (!exact.isFinite()) return exact
    if (places >= 0) return exact.toDecimalPlaces(places, rounding)
    const unit = new D34(10).pow(-places)
    return exact.div(unit).toDecimalPlaces(0, rounding).times(unit)
  }
  if (value instanceof Decimal128) return toDecimal128(apply(decimalOf(value)))
  if (typeof value === 'number') return Number.isFinite(value) ? Number(apply(toExact(value)).toString()) : value
  if (places >= 0) return value
  const whole = BigInt(apply(toExact(value)).toFixed())
  return value instanceof Int32 && whole >= -2147483648n && whole <= 2147483647n ? int32(Number(whole)) : whole
}

export const arithmetic: Operators = {
  $add: nary(0, Infinity, sum),
  $subtract: nary(2, 2, ([a, b]) => subtract(a, b)),
  $multiply: nary(0, Infinity, (values) => {
    let product: Numeric = int32(1)
    for (const value of values) {
      if (isNullish(value)) return null
      if (!isNumber(value)) throw new StoreError(14, `$multiply only supports numeric types, not ${typeName(value)}`)
      product = multiplyNumbers(product, value) ?? toDouble(product) * toDouble(value)
    }
    return product
  }),
  $divide: nary(2, 2, ([a, b]) => divide(a, b)),
  $mod: nary(2, 2, ([a, b]) => modulo(a, b)),
  $pow: nary(2, 2, ([a, b]) => power(a, b)),
  $abs: unary((value) => {
    if (isNullish(value)) return null
    if (!isNumber(value)) throw new StoreError(28765, `$abs only supports numeric types, not ${typeName(value)}`)
    if (typeof value === 'number') return Math.abs(value)
    if (value instanceof Decimal128) return toDecimal128(decimalOf(value).abs())
    const whole = bigintOf(value)
    if (whole >= 0n) return value
    if (whole === -(2n ** 63n)) throw new StoreError(28680, "can't take $abs of long long min")
    return value instanceof Int32 && value.value !== -2147483648 ? int32(-value.value) : -whole
  }),
  $ceil: rounded('$ceil', Math.ceil, (x) => x.ceil()),
  $floor: rounded('$floor', Math.floor, (x) => x.floor()),
  $round: nary(1, 2, ([value, places]) => roundTo(value, places, 'round')),
  $trunc: nary(1, 2, ([value, places]) => roundTo(value, places, 'trunc')),
  $sqrt: real('$sqrt', Math.sqrt, (x) => x.sqrt()),
  $exp: real('$exp', Math.exp, (x) => x.exp()),
  $ln: real('$ln', Math.log, (x) => x.ln()),
  $log10: real('$log10', Math.log10, (x) => x.log(10)),
  $log: nary(2, 2, ([value, base]) => {
    if (isNullish(value) || isNullish(base)) return null
    if (!isNumber(value) || !isNumber(base)) throw new StoreError(28756, `$log's argument must be numeric`)
    return Math.log(toDouble(value)) / Math.log(toDouble(base))
  }),
  $sin: real('$sin', Math.sin, (x) => x.sin()),
  $cos: real('$cos', Math.cos, (x) => x.cos()),
  $tan: real('$tan', Math.tan, (x) => x.tan()),
  $asin: real('$asin', Math.asin, (x) => x.asin()),
  $acos: real('$acos', Math.acos, (x) => x.acos()),
  $atan: real('$atan', Math.atan, (x) => x.atan()),
  $sinh: real('$sinh', Math.sinh, (x) => x.sinh()),
  $cosh: real('$cosh', Math.cosh, (x) => x.cosh()),
  $tanh: real('$tanh', Math.tanh, (x) => x.tanh()),
  $degreesToRadians: real(
    '$degreesToRadians',
    (x) => (x * Math.PI) / 180,
    (x) => x.times(D34.acos(-1)).div(180),
  ),
  $radiansToDegrees: real(
    '$radiansToDegrees',
    (x) => (x * 180) / Math.PI,
    (x) => x.times(180).div(D34.acos(-1)),
  ),
  $atan2: nary(2, 2, ([a, b]) => {
    if (isNullish(a) || isNullish(b)) return null
    if (!isNumber(a) || !isNumber(b)) throw new StoreError(51044, '$atan2 only supports numeric types')
    return Math.atan2(toDouble(a), toDouble(b))
  }),
  $rand: () => () => Math.random(),
  $bitAnd: nary(0, Infinity, (values) => bitwise('$bitAnd', values, -1n, (x, y) => x & y)),
  $bitOr: nary(0, Infinity, (values) => bitwise('$bitOr', values, 0n, (x, y) => x | y)),
  $bitXor: nary(0, Infinity, (values) => bitwise('$bitXor', values, 0n, (x, y) => x ^ y)),
  $bitNot: unary((value) => {
    if (isNullish(value)) return null
    if (value instanceof Int32) return int32(~value.value)
    if (typeof value === 'bigint') return ~value
    throw new StoreError(14, `$bitNot only supports int and long, not: ${typeName(value)}.`)
  }),
}

function bitwise(
  name: string,
  values: (Value | undefined)[],
  start: bigint,
  apply: (x: bigint, y: bigint) => bigint,
): Value {
  let result = start
  let long = false
  for (const value of values) {
    if (isNullish(value)) return null
    if (typeof value === 'bigint') long = true
    else if (!(value instanceof Int32)) throw new StoreError(14, `${name} only supports int and long operands.`)
    result = apply(result, bigintOf(value))
  }
  return long ? result : int32(Number(result))
}
