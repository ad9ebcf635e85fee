import { instantOfWallClock } from '#forms'
import { CauceError } from '../../errors.ts'

/** Operators of a query. */
interface Bounds<T> {
  $gte?: T
  $lte?: T
  $lt?: T
}

/** Bounds of days from and to, of which each may be a month (`2026-07`) or a year: then it begins or ends there. @throws 400 */
export function dateRange(from: string | undefined, to: string | undefined): Bounds<string> {
  return {
    ...(from ? { $gte: daysOf(from).first } : {}),
    ...(to ? { $lte: daysOf(to).last } : {}),
  }
}

/** The same for instants in milliseconds: the days are those of the time zone. @throws 400 */
export function momentRange(from: string | undefined, to: string | undefined, timeZone: string): Bounds<number> {
  const startOf = (day: string): number => instantOfWallClock(`${day}T00:00:00`, timeZone).getTime()
  return {
    ...(from ? { $gte: startOf(daysOf(from).first) } : {}),
    ...(to ? { $lt: startOf(nextDay(daysOf(to).last)) } : {}),
  }
}

function daysOf(text: string): { first: string; last: string } {
  const [, year = '', month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`
  if (year === '' || !isDay(first)) throw new CauceError('request.invalid')
  if (day !== undefined) return { first, last: first }
  // Day 0 of a month is the last of the one before.
  const end = new Date(Date.UTC(Number(year), month === undefined ? 12 : Number(month), 0))
  return { first, last: end.toISOString().slice(0, 10) }
}

const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const nextDay = (day: string): string =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10)
