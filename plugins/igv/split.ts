import type { Decimal } from 'decimal.js'
import { Exact } from '#forms'

const DECIMAL = /^-?\d{1,18}(\.\d{1,20})?$/

/** Exact and rounded half-up, as Peruvian tax validation expects (FM-D-101). */
function decimal(value: string, what: string): Decimal {
  if (typeof value !== 'string' || !DECIMAL.test(value)) throw new TypeError(`${JSON.stringify(value)} no es ${what}`)
  return new Exact(value)
}

function rateOf(rate: string): Decimal {
  const read = decimal(rate, 'un porcentaje de IGV')
  if (read.lt(0) || read.gt(1)) throw new TypeError(`el IGV va de 0 a 1 (18 % es "0.18"), no ${rate}`)
  return read
}

/**
 * The tax of a base, in the same currency: the base is rounded to two places first, then base × rate, half-up.
 * `amount("33.33", "0.18")` = "6.00". Amounts and rate are decimal texts. Throws TypeError for anything else.
 * Source: section 10.2.4, FM-D-101.
 */
export function amount(base: string, rate: string): string {
  return decimal(base, 'un importe').toDecimalPlaces(2).mul(rateOf(rate)).toFixed(2)
}

/** Base and its tax together: `total("33.33", "0.18")` = "39.33". Always base + `amount(base)`. */
export function total(base: string, rate: string): string {
  return decimal(base, 'un importe').toDecimalPlaces(2).add(amount(base, rate)).toFixed(2)
}

/** The base in a total: total / (1 + rate), half-up. `baseOf("100.00", "0.18")` = "84.75". Source: FM-D-102. */
export function baseOf(total: string, rate: string): string {
  return decimal(total, 'un importe').toDecimalPlaces(2).div(rateOf(rate).add(1)).toFixed(2)
}

/**
 * The tax in a total: what is left when its base is taken away, so that both add up to the cent (100.00 = 84.75 + 15.25;
 * base × rate would say 15.26). Source: FM-D-102.
 */
export function amountOf(total: string, rate: string): string {
  return decimal(total, 'un importe').toDecimalPlaces(2).sub(baseOf(total, rate)).toFixed(2)
}
