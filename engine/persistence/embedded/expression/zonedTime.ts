import { StoreError } from '../errors.ts'

/** A moment as a wall clock of some zone shows it. Months 1–12, weekday 1 (Sunday) – 7. */
export interface WallClock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

const DAY = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes east of Greenwich of `+HH:MM`, `-HHMM`, `+HH`; undefined for a name. */
function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone)
  if (!match) return undefined
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0))
}

/** Milliseconds to add to UTC at that moment. @throws StoreError 40485 for an unknown zone */
export function offsetAt(ms: number, zone: string): number {
  const fixed = fixedOffset(zone)
  if (fixed !== undefined) return fixed * 60_000
  let format = formats.get(zone)
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
        era: 'short',
      })
    } catch {
      throw new StoreError(40485, `unrecognized time zone identifier: "${zone}"`)
    }
    formats.set(zone, format)
  }
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(ms)) part[type] = value
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year)
  const local = utc(
    year,
    Number(part.month),
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
    0,
  )
  return local - Math.floor(ms / 1000) * 1000
}

/** Like Date.UTC, but years below 100 mean themselves; months from 1, and any field may overflow. */
export function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

export function wallClock(ms: number, zone: string): WallClock {
  const local = new Date(ms + offsetAt(ms, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  }
}

/** The moment a wall clock of the zone shows this; in the hour that does not exist, the offset before it counts. */
export function momentOf(clock: WallClock, zone: string): number {
  const local = utc(clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second, clock.millisecond)
  const guess = local - offsetAt(local, zone)
  return local - offsetAt(guess, zone)
}

/** 1 (Sunday) to 7. */
export const dayOfWeek = ({ year, month, day }: WallClock): number =>
  new Date(utc(year, month, day, 0, 0, 0, 0)).getUTCDay() + 1

/** 1 to 366. */
export const dayOfYear = ({ year, month, day }: WallClock): number =>
  Math.round((utc(year, month, day, 0, 0, 0, 0) - utc(year, 1, 1, 0, 0, 0, 0)) / DAY) + 1

/** Weeks begin on Sunday; days before the first one are in week 0. */
export const week = (clock: WallClock): number => Math.floor((dayOfYear(clock) + 7 - dayOfWeek(clock)) / 7)

/** ISO 8601: weeks begin on Monday, the first one holds the first Thursday. */
export function isoWeek({ year, month, day }: WallClock): { year: number; week: number; day: number } {
  const date = new Date(utc(year, month, day, 0, 0, 0, 0))
  const weekday = date.getUTCDay() || 7
  const thursday = new Date(date.getTime() + (4 - weekday) * DAY)
  const start = utc(thursday.getUTCFullYear(), 1, 1, 0, 0, 0, 0)
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - start) / DAY / 7) + 1, day: weekday }
}
