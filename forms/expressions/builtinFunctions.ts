import { Decimal } from 'decimal.js'
import type { ExpressionFunctions, Json } from '../types.ts'
import { foldText } from '../schema/foldText.ts'

/** Money in doubles loses cents: 40 digits and half-up, as invoices are rounded. */
const Money = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -100, toExpPos: 100 })
/** Decimals of a division and of a conversion before the field rounds it. */
const DIVISION_SCALE = 10
const DECIMAL_TEXT = /^[+-]?\d{1,30}(\.\d{1,20})?$/

function decimal(value: Json): Decimal {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string' || !DECIMAL_TEXT.test(text))
    throw new TypeError(`${JSON.stringify(value)} no es un importe`)
  return new Money(text)
}

/** Exact digits, at least as many decimals as the operand with most: "1.50" + "2" = "3.50". */
function withScaleOf(result: Decimal, ...values: Json[]): string {
  const scales = values.map((value) => String(value).split('.')[1]?.length ?? 0)
  return result.toFixed(Math.max(result.decimalPlaces(), ...scales))
}

function rounded(result: Decimal, scale: Json | undefined): string {
  if (scale === undefined) return result.toFixed()
  if (!Number.isInteger(scale) || (scale as number) < 0 || (scale as number) > 20) {
    throw new TypeError(`${JSON.stringify(scale)} no es un número de decimales`)
  }
  return result.toFixed(scale as number, Decimal.ROUND_HALF_UP)
}

/** What a conversion needs: one unit of `currency` costs `rate` of `local`. */
interface Rate {
  currency: Json
  local: Json
  rate: Json
}

function convert(amount: Json, from: Json, rate: Json): string {
  if (typeof rate !== 'object' || rate === null || Array.isArray(rate)) {
    throw new TypeError('el tipo de cambio es {currency, local, rate}')
  }
  const { currency, local, rate: factor } = rate as unknown as Rate
  if (from === local) return decimal(amount).div(decimal(factor)).toFixed(DIVISION_SCALE)
  if (from === currency) return decimal(amount).mul(decimal(factor)).toFixed()
  throw new TypeError(`el tipo de cambio no es de ${JSON.stringify(from)}`)
}

function sum(list: Json): string {
  if (!Array.isArray(list)) throw new TypeError('se espera una lista de importes')
  const amounts = list.filter((item) => item !== null)
  return withScaleOf(
    amounts.reduce<Decimal>((total, item) => total.add(decimal(item)), new Money(0)),
    ...amounts,
  )
}

/**
 * The functions every pack may call. Amounts are decimal strings (integers of FEEL are accepted) and results
 * are decimal strings, exact; `money.round`, and the field's own scale, round half-up.
 */
export const builtinFunctions: ExpressionFunctions = {
  'money.add': (a: Json, b: Json) => withScaleOf(decimal(a).add(decimal(b)), a, b),
  'money.subtract': (a: Json, b: Json) => withScaleOf(decimal(a).sub(decimal(b)), a, b),
  /** Exact, or rounded when a scale is given. */
  'money.multiply': (a: Json, b: Json, scale?: Json) => rounded(decimal(a).mul(decimal(b)), scale),
  /** Ten decimals unless a scale is given; a division by zero is null. */
  'money.divide': (a: Json, b: Json, scale?: Json) => {
    const divisor = decimal(b)
    return divisor.isZero() ? null : rounded(decimal(a).div(divisor), scale ?? DIVISION_SCALE)
  },
  /** Total of a list; empty elements do not count. */
  'money.sum': sum,
  'money.round': (a: Json, scale?: Json) => rounded(decimal(a), scale ?? 2),
  'money.gt': (a: Json, b: Json) => decimal(a).gt(decimal(b)),
  'money.gte': (a: Json, b: Json) => decimal(a).gte(decimal(b)),
  'money.lt': (a: Json, b: Json) => decimal(a).lt(decimal(b)),
  'money.lte': (a: Json, b: Json) => decimal(a).lte(decimal(b)),
  'money.eq': (a: Json, b: Json) => decimal(a).eq(decimal(b)),
  'money.isZero': (a: Json) => decimal(a).isZero(),
  /** The amount in the other currency: `money.convert(amount, from, {currency: "USD", local: "PEN", rate: "3.75"})`. */
  'money.convert': convert,
  /** Without accents and case, to compare what people type. */
  'text.fold': (text: Json) => foldText(textOf(text)),
  /** Only its digits: "987 654-321" → "987654321". */
  'text.digits': (text: Json) => textOf(text).replace(/\D/g, ''),
}

function textOf(value: Json): string {
  if (typeof value !== 'string') throw new TypeError(`${JSON.stringify(value)} no es un texto`)
  return value
}
