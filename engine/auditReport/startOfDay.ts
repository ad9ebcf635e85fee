import { CauceError } from '../errors.ts'

/**
 * The instant at which a calendar day (`2026-03-09`) begins in a time zone, or the day so many days later. Throws 400
 * for what is no day.
 */
export function startOfDay(day: string, timeZone: string, later = 0): Date {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  const [year, month, date] = (match ?? []).slice(1).map(Number)
  const utc = Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, date ?? 0)
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) throw new CauceError('request.invalid')
  const moved = utc + later * 24 * 3600_000
  // The zone's offset at about that time, asked twice so that a change of it in between counts.
  const guess = moved - offsetAt(moved, timeZone)
  return new Date(moved - offsetAt(guess, timeZone))
}

function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - instant
}
