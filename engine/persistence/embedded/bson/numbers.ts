import { Decimal } from 'decimal.js'
import { Decimal128, Int32, type Value } from './values.ts'

export type Numeric = number | bigint | Int32 | Decimal128

/** Decimal128 arithmetic: 34 digits, half-even, as IEEE 754-2008 says. */
export const D34 = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, maxE: 6144, minE: -6176 })
/** Comparison must not round: an exact double can have 767 digits. */
const Exact = Decimal.clone({ precision: 1100, maxE: 9e15, minE: -9e15 })
const decimals = new WeakMap<Decimal128, Decimal>()

export const isNumber = (value: unknown): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal128

/** The nearest double. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Int32 ? value.value : Number(value.toString())
}

/** Exact decimal of any number (NaN and infinities included). */
export function toExact(value: Numeric): Decimal {
  if (value instanceof Decimal128) {
    let decimal = decimals.get(value)
    if (!decimal) decimals.set(value, (decimal = new Exact(value.toString())))
    return decimal
  }
  if (value instanceof Int32) return new Exact(value.value)
  if (typeof value === 'bigint') return new Exact(value.toString())
  return Number.isFinite(value) && !Number.isInteger(value)
    ? exactFraction(value)
    : new Exact(Number.isFinite(value) ? BigInt(value).toString() : value)
}

// decimal.js reads 0.1 as one tenth; the double is 0.1000000000000000055511151231257827…
function exactFraction(value: number): Decimal {
  let bits = 0
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    bits++
  }
  return new Exact(BigInt(scaled).toString()).div(new Exact(2).pow(bits))
}

/** A Decimal128 of at most 34 digits. */
export function toDecimal128(value: Decimal): Decimal128 {
  const rounded = new D34(value)
  if (rounded.isNaN()) return Decimal128.fromString('NaN')
  if (!rounded.isFinite()) return Decimal128.fromString(rounded.isNegative() ? '-Infinity' : 'Infinity')
  return Decimal128.fromString(rounded.toSignificantDigits(34).toString())
}

/** As MongoDB converts for arithmetic: a double keeps 15 significant digits. */
export function decimalOf(value: Numeric): Decimal {
  if (typeof value === 'number') return Number.isFinite(value) ? new D34(value.toPrecision(15)) : new D34(value)
  return new D34(toExact(value))
}

/** Total order of numbers whatever their type; NaN is the smallest and equals itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Int32 ? a.value : a
  const y = b instanceof Int32 ? b.value : b
  if (x instanceof Decimal128 || y instanceof Decimal128) {
    const p = toExact(x)
    const q = toExact(y)
    if (p.isNaN() || q.isNaN()) return p.isNaN() ? (q.isNaN() ? 0 : -1) : 1
    return p.comparedTo(q)
  }
  if (x < y) return -1
  if (x > y) return 1
  // Neither less nor greater: equal, even as a double and a bigint, or one of them is NaN.
  if (!Number.isNaN(x) && !Number.isNaN(y)) return 0
  return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1
}

export const isNaNValue = (value: Value): boolean =>
  (typeof value === 'number' && Number.isNaN(value)) || (value instanceof Decimal128 && toExact(value).isNaN())

/** The integer a command option holds, or undefined when it is not a whole number within ±2^53. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (!isNumber(value)) return undefined
  const double = toDouble(value)
  return Number.isSafeInteger(double) ? double : undefined
}
