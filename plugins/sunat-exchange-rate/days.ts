import { instantOfWallClock } from '#forms'

/** Calendar days as YYYY-MM-DD; they compare as texts. */

const DAY_MS = 24 * 3600_000

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The instant at which a day begins in a time zone. */
export const startOf = (day: string, timeZone: string): Date => instantOfWallClock(`${day}T00:00:00`, timeZone)

/** A day that exists, or null: 31/02 is none. */
export function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}
