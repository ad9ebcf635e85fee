import Holidays from 'date-holidays'
import type { Pack } from '#definitions'

/** Holidays of a year: YYYY-MM-DD → what people call the day ('' when a pack does not say). */
export type YearHolidays = ReadonlyMap<string, string>

const years = new Map<string, YearHolidays>()
const countries = new Map<string, Holidays>()

/**
 * Days of a year that are not business days: those of the pack's calendar when it brings one, else the public holidays
 * of the country it names (default Peru). Worked out year by year as they are asked for. Data of date-holidays
 * (CC-BY-3.0, credited in the licences).
 */
export function holidaysIn(pack: Pack, year: number): YearHolidays {
  const calendar = pack.manifest.calendars?.default as { country?: string; holidays?: string[] } | undefined
  if (calendar?.holidays)
    return new Map(calendar.holidays.filter((day) => day.startsWith(`${year}-`)).map((day) => [day, '']))
  return publicHolidays(calendar?.country ?? 'PE', year)
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
