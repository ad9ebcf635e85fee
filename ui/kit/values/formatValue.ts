import { plainDay, type FormSchema, type Json } from '#forms'

/** Calendar day of an ISO date or date-time, as people write it here: DD/MM/AAAA. */
export function formatDate(value: string, timeZone = 'America/Lima'): string {
  const day = plainDay(value)
  if (day !== value) return day
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return value
  return new Intl.DateTimeFormat('es-PE', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone }).format(at)
}

/** DD/MM/AAAA HH:mm in the zone of the business. */
export function formatDateTime(value: string, timeZone = 'America/Lima'): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return value
  const time = new Intl.DateTimeFormat('es-PE', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(
    at,
  )
  return `${formatDate(value, timeZone)} ${time}`
}

/** A decimal string with thousands separated, never through a float: 1234567.5 → 1,234,567.50 at scale 2. */
export function formatDecimal(value: string, scale = 2): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value.trim())
  if (!match) return value
  const whole = match[2]!.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  const fraction = (match[3] ?? '').padEnd(scale, '0')
  return `${match[1]}${whole}${fraction ? `.${fraction}` : ''}`
}

/** How many: 1,234. */
export const formatCount = (count: number) => formatDecimal(String(count), 0)

const symbols: Record<string, string> = { PEN: 'S/', USD: 'US$', EUR: '€' }
export const currencySymbol = (code: string | null | undefined) => (code ? (symbols[code] ?? code) : '')

/** Scale, percent and unit of a decimal field, from its annotations. */
export function decimalOf(schema: FormSchema): { scale: number; percent: boolean } | null {
  const decimal = schema['x-decimal']
  if (decimal === undefined && schema['x-money'] === undefined) return null
  const rule = typeof decimal === 'object' && decimal !== null ? (decimal as { scale?: number; percent?: boolean }) : {}
  return { scale: typeof rule.scale === 'number' ? rule.scale : 2, percent: rule.percent === true }
}

/** Currency of a money field: its ISO code, or the value of the field beside it. Expressions are shown without symbol. */
export function currencyOf(schema: FormSchema, siblings: Record<string, Json | undefined>): string | null {
  const money = schema['x-money']
  if (typeof money !== 'string') return null
  if (/^[A-Z]{3}$/.test(money)) return money
  const sibling = siblings[money]
  return typeof sibling === 'string' ? sibling : null
}

/** "0.18" → "18": moves the point without a float. */
export function shiftPoint(value: string, places: number): string {
  const match = /^(-?)(\d*)\.?(\d*)$/.exec(value.trim())
  if (!match || (!match[2] && !match[3])) return value
  let digits = match[2]! + match[3]!
  let point = match[2]!.length + places
  if (point < 0) {
    digits = '0'.repeat(-point) + digits
    point = 0
  }
  digits = digits.padEnd(point, '0')
  const whole = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const fraction = digits.slice(point).replace(/0+$/, '')
  return `${match[1]}${whole}${fraction ? `.${fraction}` : ''}`
}

/** "7.5" at scale 2 → "7.50"; what is no plain decimal stays. */
export function padFraction(value: string, scale: number): string {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(value)
  if (!match || scale === 0) return value
  return `${match[1]}.${(match[2] ?? '').padEnd(scale, '0')}`
}

/** Size in bytes as people say it: binary units, as the limits of files are written (5MB = 5 × 1024²). */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 ** 2).toFixed(1).replace(/\.0$/, '')} MB`
}

/** Choices of a field: value and words, from `oneOf` or `enum`. */
export function optionsOf(schema: FormSchema): { value: string; label: string }[] | null {
  if (schema.oneOf?.every((option) => 'const' in option))
    return schema.oneOf.map((option) => ({ value: String(option.const), label: option.title ?? String(option.const) }))
  if (schema.enum)
    return schema.enum
      .filter((value) => value !== null)
      .map((value) => ({ value: String(value), label: String(value) }))
  return null
}
