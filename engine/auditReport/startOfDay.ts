import { instantOfWallClock } from '#forms'
import { CauceError } from '../errors.ts'

const DAY_MS = 24 * 3600_000

/**
 * The instant at which a calendar day (`2026-03-09`) begins in a time zone, or the day so many days later. Throws 400
 * for what is no day.
 */
export function startOfDay(day: string, timeZone: string, later = 0): Date {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) throw new CauceError('request.invalid')
  return instantOfWallClock(new Date(utc + later * DAY_MS).toISOString().slice(0, 19), timeZone)
}
