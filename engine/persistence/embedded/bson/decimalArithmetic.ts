import { decimalOf, toDecimal128, type Numeric } from './numbers.ts'
import { Decimal128 } from './values.ts'

/** coefficient × 10^exponent: 1.10 and 1.1 are the same number but not the same Decimal128. */
interface Scaled {
  coefficient: bigint
  exponent: number
}

const DIGITS = 34

function scaled(value: Numeric): Scaled | undefined {
  const text = value instanceof Decimal128 ? value.toString() : decimalOf(value).toString()
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text)
  if (!match) return undefined
  const [, sign, whole, fraction = '', power = '0'] = match
  return { coefficient: BigInt(`${sign}${whole}${fraction}`), exponent: Number(power) - fraction.length }
}

function build({ coefficient, exponent }: Scaled): Decimal128 | undefined {
  const fits = String(coefficient < 0n ? -coefficient : coefficient).length <= DIGITS
  return fits && exponent > -6176 && exponent < 6111 ? Decimal128.fromString(`${coefficient}E${exponent}`) : undefined
}

/** The sum keeps the finer of the two scales, as IEEE 754-2008 asks: 1.10 + 0.90 = 2.00. */
export function addDecimals(a: Numeric, b: Numeric): Decimal128 {
  const x = scaled(a)
  const y = scaled(b)
  if (x && y && Math.abs(x.exponent - y.exponent) < 2 * DIGITS) {
    const exponent = Math.min(x.exponent, y.exponent)
    const aligned = ({ coefficient, exponent: own }: Scaled): bigint => coefficient * 10n ** BigInt(own - exponent)
    const exact = build({ coefficient: aligned(x) + aligned(y), exponent })
    if (exact) return exact
  }
  return toDecimal128(decimalOf(a).plus(decimalOf(b)))
}

/** The scales add up: 1.10 × 2.0 = 2.200. */
export function multiplyDecimals(a: Numeric, b: Numeric): Decimal128 {
  const x = scaled(a)
  const y = scaled(b)
  const exact = x && y && build({ coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent })
  return exact ?? toDecimal128(decimalOf(a).times(decimalOf(b)))
}

export function negateDecimal(value: Numeric): Decimal128 {
  const x = scaled(value)
  return (x && build({ ...x, coefficient: -x.coefficient })) ?? toDecimal128(decimalOf(value).negated())
}
