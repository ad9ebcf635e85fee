import { instantOf, toFeelDate } from './feelValues.ts'
import { wallClockIn } from './todayIn.ts'

const DAY = 86_400_000

/** Is this day (YYYY-MM-DD) a business day? */
export type IsBusinessDay = (day: string) => boolean

/**
 * `due`, later by the business time between `from` and `to`: time of days that are no business days does not count, and
 * is jumped over. Three whole business days of pause move a deadline by three business days, to the same hour.
 */
export function shiftBusinessTime(due: Date, from: Date, to: Date, isOpen: IsBusinessDay, timeZone: string): Date {
  let left = 0
  for (let at = from.getTime(); at < to.getTime();) {
    const end = Math.min(endOfDay(at, timeZone), to.getTime())
    if (isOpen(dayOf(at, timeZone))) left += end - at
    at = end
  }
  let at = due.getTime()
  while (left > 0) {
    const end = endOfDay(at, timeZone)
    if (isOpen(dayOf(at, timeZone))) {
      const used = Math.min(left, end - at)
      left -= used
      at += used
    } else at = end
  }
  return new Date(at)
}

const dayOf = (at: number, timeZone: string): string => wallClockIn(new Date(at), timeZone).slice(0, 10)

/** The first instant of the next day. */
function endOfDay(at: number, timeZone: string): number {
  const next = new Date(Date.parse(`${dayOf(at, timeZone)}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
  const moment = toFeelDate(`${next}T00:00:00`)
  if (!moment || !('hour' in moment)) throw new TypeError(`${next} no es un día`)
  return instantOf(moment, timeZone)
}
