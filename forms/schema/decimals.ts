import { Decimal } from 'decimal.js'
import type { FormSchema, Json } from '../types.ts'
import { isObject } from './valueAt.ts'

/** `x-decimal` written out. Bounds are decimal strings; `scale` counts decimals. */
export interface DecimalRule {
  scale: number
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  /** Typed and shown as 18, kept as "0.18". */
  percent?: boolean
}

/** For sums of money and rates: digits enough for any that the platform keeps, rounded half-up. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -100, toExpPos: 100 })
const PLAIN = /^[+-]?\d{1,18}(\.\d{1,20})?$/

/** The rule of a decimal or money property; null for any other. `x-money` implies `x-decimal`. */
export function decimalRuleOf(schema: FormSchema): DecimalRule | null {
  const given = schema['x-decimal']
  if (!given && !schema['x-money']) return null
  const words = isObject(given) ? given : {}
  const rule: DecimalRule = { scale: typeof words.scale === 'number' ? words.scale : 2 }
  for (const bound of ['gt', 'gte', 'lt', 'lte'] as const) {
    const limit = words[bound]
    if (typeof limit === 'string' || typeof limit === 'number') rule[bound] = String(limit)
  }
  if (words.percent === true) rule.percent = true
  return rule
}

/** What Ajv checks of a decimal: digits, and at most the decimals of its scale. */
export function decimalPattern(scale: number): string {
  return scale === 0 ? '^-?\\d{1,18}$' : `^-?\\d{1,18}(\\.\\d{1,${scale}})?$`
}

export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && PLAIN.test(value)
}

/** -1, 0 or 1. Both must be decimal strings. */
export function compareDecimals(a: string, b: string): number {
  return new Exact(a).cmp(new Exact(b))
}

/** Written already as it is kept, which most are: with its decimals, no sign but a minus and no zero too many. */
function isKept(text: string, scale: number): boolean {
  const dot = text.indexOf('.')
  return (dot < 0 ? 0 : text.length - dot - 1) === scale && /^-?[1-9]|^0(?!\d)/.test(text)
}

/**
 * A typed number as it is kept: "18" → "18.00" at scale 2. One with too many decimals stays as it is, to be
 * refused with a message; `round` (computed values) makes it fit, half-up.
 */
export function normalizeDecimal(value: Json, rule: DecimalRule, round: boolean): Json {
  const text = typeof value === 'number' && Number.isFinite(value) ? new Exact(value).toFixed() : value
  if (typeof text !== 'string') return value
  const trimmed = text.trim()
  if (!isDecimal(trimmed)) return trimmed
  if (isKept(trimmed, rule.scale)) return trimmed
  const exact = new Exact(trimmed)
  if (!round && exact.decimalPlaces() > rule.scale) return trimmed
  const fixed = exact.toFixed(rule.scale)
  return /^-0(\.0*)?$/.test(fixed) ? fixed.slice(1) : fixed
}
