import Holidays from 'date-holidays'
import type { Pack } from '#definitions'

/** Holidays of a year: YYYY-MM-DD → what people call the day ('' when a pack does not say). */
export type YearHolidays = ReadonlyMap<string, string>

const owned = new WeakMap<string[], Map<number, YearHolidays>>()
const years = new Map<string, YearHolidays>()
const countries = new Map<string, Holidays>()

/**
 * Days of a year that are not business days: those of the pack's calendar when it brings one, else the public holidays
 * of the country it names (default Peru). Worked out year by year as they are asked for. Data of date-holidays
 * (CC-BY-3.0, credited in the licences).
 */
export function holidaysIn(pack: Pack, year: number): YearHolidays {
  const calendar = pack.manifest.calendars?.default as { country?: string; holidays?: string[] } | undefined
  return calendar?.holidays ? ownHolidays(calendar.holidays, year) : publicHolidays(calendar?.country ?? 'PE', year)
}

/** Kept, for every day that is counted asks. */
function ownHolidays(holidays: string[], year: number): YearHolidays {
  let kept = owned.get(holidays)
  if (!kept) owned.set(holidays, (kept = new Map<number, YearHolidays>()))
  let days = kept.get(year)
  if (!days)
    kept.set(year, (days = new Map(holidays.filter((day) => day.startsWith(`${year}-`)).map((day) => [day, '']))))
  return days
}

function publicHolidays(country: string, year: number): YearHolidays {
  const key = `${country} ${year}`
  let days = years.get(key)
  if (!days) {
    let source = countries.get(country)
    if (!source) countries.set(country, (source = new Holidays(country)))
    days = new Map(
      source
        .getHolidays(year, 'es')
        .filter((holiday) => holiday.type === 'public')
        .map((holiday) => [holiday.date.slice(0, 10), holiday.name]),
    )
    years.set(key, days)
  }
  return days
}
