import { plainDay } from '#forms'
import { TemplateError } from './TemplateError.ts'

const locale = 'es-PE'
const decimal = /^-?\d+(\.\d+)?$/

/** Decimal strings stay exact: Intl takes them as they are, without passing through a double. */
function amount(value: unknown, helper: string): Intl.StringNumericLiteral | null {
  if (value === null || value === undefined || value === '') return null
  const text = String(value)
  if (!decimal.test(text)) throw new TemplateError(`{{${helper}}} recibió "${text}", que no es un número`)
  return text as Intl.StringNumericLiteral
}

/** `"1234.5"`, `"PEN"` → `S/ 1,234.50`; without a currency, two decimals and no symbol. */
export function formatMoney(value: unknown, currency?: unknown): string {
  const number = amount(value, 'money')
  if (number === null) return ''
  const style: Intl.NumberFormatOptions =
    typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)
      ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  return new Intl.NumberFormat(locale, style).format(number)
}

/** `"12345.678"` → `12,345.678`; with a number of decimals, rounded half-up to it. */
export function formatNumber(value: unknown, decimals?: unknown): string {
  const number = amount(value, 'number')
  if (number === null) return ''
  const digits =
    typeof decimals === 'number'
      ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      : { maximumFractionDigits: 20 }
  return new Intl.NumberFormat(locale, digits).format(number)
}

/** `"0.18"` → `18%`. */
export function formatPercent(value: unknown): string {
  const number = amount(value, 'percent')
  return number === null
    ? ''
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(number)
}

/** `2026-07-28` → `28/07/2026`; an instant adds the time of day in `timeZone`: `28/07/2026 14:05`. */
export function formatDate(value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return ''
  const text = String(value)
  const day = plainDay(text)
  if (day !== text) return day
  const instant = value instanceof Date ? value : new Date(text)
  if (Number.isNaN(instant.getTime())) throw new TemplateError(`{{date}} recibió "${text}", que no es una fecha`)
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(instant)
      .map(({ type, value: part }) => [type, part]),
  )
  return `${parts.day ?? ''}/${parts.month ?? ''}/${parts.year ?? ''} ${parts.hour ?? ''}:${parts.minute ?? ''}`
}
