import { date, dateAndTime, FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin'
import type { Json } from '../types.ts'

export type Temporal = FeelDate | FeelDateTime | FeelTime | FeelDuration

/** The types that expressions compare. Two different ones are never comparable. */
export type FeelType =
  'null' | 'boolean' | 'number' | 'string' | 'list' | 'context' | 'date' | 'date time' | 'time' | 'duration' | 'months'

const LABELS: Record<FeelType, string> = {
  null: 'vacío',
  boolean: 'sí o no',
  number: 'número',
  string: 'texto',
  list: 'lista',
  context: 'grupo de datos',
  date: 'fecha',
  'date time': 'fecha y hora',
  time: 'hora',
  duration: 'duración',
  months: 'duración en meses',
}

export function labelOf(type: FeelType): string {
  return LABELS[type]
}

export function typeOf(value: unknown): FeelType {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return 'string'
  if (Array.isArray(value)) return 'list'
  if (value instanceof FeelDate) return 'date'
  if (value instanceof FeelDateTime) return 'date time'
  if (value instanceof FeelTime) return 'time'
  if (value instanceof FeelDuration) return value.yearsMonths ? 'months' : 'duration'
  return 'context'
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/i

/**
 * FEEL date for "2026-07-28", FEEL date and time for "2026-07-28T10:00:00-05:00"; null for any other text.
 * Used where a schema says `format: date` or `date-time`.
 */
export function toFeelDate(text: string): FeelDate | FeelDateTime | null {
  try {
    if (ISO_DATE.test(text)) return date(text) as FeelDate | null
    if (ISO_DATE_TIME.test(text)) return dateAndTime(text)
  } catch {
    return null
  }
  return null
}

export function isTemporal(value: unknown): value is Temporal {
  return (
    value instanceof FeelDate ||
    value instanceof FeelDateTime ||
    value instanceof FeelTime ||
    value instanceof FeelDuration
  )
}

/** Milliseconds since 1970 of a FEEL date and time; one without zone is read in `timeZone`. */
export function instantOf(value: FeelDateTime, timeZone: string): number {
  const zone = value.zone ?? timeZone
  const plain = value.unwrap() as { toZonedDateTime(zone: string): { epochMilliseconds: number } }
  return plain.toZonedDateTime(zone).epochMilliseconds
}

/**
 * Result of an expression as JSON: dates become YYYY-MM-DD, instants RFC 3339 in UTC, durations ISO 8601.
 * @throws RangeError for what JSON cannot hold (infinite numbers, functions).
 */
export function toJson(value: unknown, timeZone: string): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('el resultado no es un número finito')
    return Object.is(value, -0) ? 0 : value
  }
  if (value instanceof FeelDateTime) return isoInstant(instantOf(value, timeZone))
  if (value instanceof Date) return isoInstant(value.getTime())
  if (isTemporal(value)) return value.toString()
  if (Array.isArray(value)) return value.map((item) => toJson(item, timeZone))
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry, timeZone)]))
  }
  throw new RangeError('el resultado no es un dato')
}

/** RFC 3339 without needless milliseconds. */
export function isoInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}
