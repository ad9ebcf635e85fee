import type { ExpressionFunctions, Json } from '../types.ts'
import { instantOf, isoInstant, toFeelDate } from './feelValues.ts'
import { wallClockIn } from './todayIn.ts'

const DAY = 86_400_000
/** Some ten years: a longer term is a mistake of the definition. */
const MAX_DAYS = 3660

/**
 * Business days: Monday to Friday but the given holidays.
 *
 * - `business.add(from, days)`: that many business days later (earlier when negative); a date gives a date, an
 *   instant gives the same hour of the resulting day as an RFC 3339 instant.
 * - `business.between(from, to)`: business days after `from` up to and including `to`; negative backwards.
 * - `business.isDay(day)`.
 * @param holidays YYYY-MM-DD; or what says whether such a day is one, asked anew each time
 * @param timeZone IANA name in which an instant's day is read
 */
export function createBusinessFunctions(
  holidays: string[] | ((day: string) => boolean),
  timeZone: string,
): ExpressionFunctions {
  const closed = new Set(typeof holidays === 'function' ? [] : holidays)
  const isClosed = typeof holidays === 'function' ? holidays : (day: string) => closed.has(day)
  const isOpen = (day: number) => {
    const weekday = new Date(day).getUTCDay()
    return weekday !== 0 && weekday !== 6 && !isClosed(isoDay(day))
  }
  const move = (day: number, days: number) => {
    const step = days < 0 ? -DAY : DAY
    let at = day
    for (let left = Math.abs(days); left > 0;) {
      at += step
      if (isOpen(at)) left--
    }
    return at
  }
  return {
    'business.add': (from: Json, days: Json) => {
      if (!Number.isInteger(days) || Math.abs(days as number) > MAX_DAYS) {
        throw new TypeError(`${JSON.stringify(days)} no es un número de días hábiles`)
      }
      const { day, clock } = readMoment(from, timeZone)
      const moved = isoDay(move(day, days as number))
      return clock === null ? moved : instantIn(`${moved}T${clock}`, timeZone)
    },
    'business.between': (from: Json, to: Json) => {
      const [a, b] = [readMoment(from, timeZone).day, readMoment(to, timeZone).day]
      if (Math.abs(b - a) > 20 * MAX_DAYS * DAY) throw new TypeError('las fechas están demasiado lejos')
      let count = 0
      for (let at = Math.min(a, b) + DAY; at <= Math.max(a, b); at += DAY) if (isOpen(at)) count++
      return b < a ? -count : count
    },
    'business.isDay': (day: Json) => isOpen(readMoment(day, timeZone).day),
  }
}

/** The day as UTC midnight in milliseconds, and the wall clock for an instant. */
function readMoment(value: Json, timeZone: string): { day: number; clock: string | null } {
  const moment = typeof value === 'string' ? toFeelDate(value) : null
  if (!moment) throw new TypeError(`${JSON.stringify(value)} no es una fecha`)
  if (!('hour' in moment)) return { day: Date.parse(`${moment.toString()}T00:00:00Z`), clock: null }
  const [date, clock] = wallClockIn(new Date(instantOf(moment, timeZone)), timeZone).split('T')
  return { day: Date.parse(`${date}T00:00:00Z`), clock: clock ?? '00:00:00' }
}

function instantIn(wallClock: string, timeZone: string): string {
  const moment = toFeelDate(wallClock)
  if (!moment || !('hour' in moment)) throw new TypeError(`${wallClock} no es una fecha y hora`)
  return isoInstant(instantOf(moment, timeZone))
}

function isoDay(day: number): string {
  return new Date(day).toISOString().slice(0, 10)
}
