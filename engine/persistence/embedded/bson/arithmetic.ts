import { addDecimals, multiplyDecimals, negateDecimal } from './decimalArithmetic.ts'
import { toDouble, type Numeric } from './numbers.ts'
import { Decimal128, Int32 } from './values.ts'

const MIN_INT64 = -(2n ** 63n)
const MAX_INT64 = 2n ** 63n - 1n
export const fitsInt64 = (value: bigint): boolean => value >= MIN_INT64 && value <= MAX_INT64

/** The wider of two types: int32 < int64 < double < Decimal128. Overflow of int64 gives undefined. */
function combine(
  a: Numeric,
  b: Numeric,
  integers: (x: bigint, y: bigint) => bigint,
  doubles: (x: number, y: number) => number,
  decimals: (x: Numeric, y: Numeric) => Decimal128,
): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimals(a, b)
  if (typeof a === 'number' || typeof b === 'number') return doubles(toDouble(a), toDouble(b))
  const result = integers(bigintOf(a), bigintOf(b))
  if (a instanceof Int32 && b instanceof Int32 && result >= -2147483648n && result <= 2147483647n)
    return new Int32(Number(result))
  return fitsInt64(result) ? result : undefined
}

export const bigintOf = (value: Int32 | bigint): bigint => (typeof value === 'bigint' ? value : BigInt(value.value))

/** undefined: the sum does not fit in an int64. */
export function addNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  if (a instanceof Int32 && b instanceof Int32) {
    const sum = a.value + b.value
    return sum >= -2147483648 && sum <= 2147483647 ? new Int32(sum) : BigInt(sum)
  }
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
    addDecimals,
  )
}

export function subtractNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(
    a,
    b,
    (x, y) => x - y,
    (x, y) => x - y,
    (x, y) => addDecimals(x, negateDecimal(y)),
  )
}

/** undefined: the product does not fit in an int64. */
export function multiplyNumbers(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
    multiplyDecimals,
  )
}
