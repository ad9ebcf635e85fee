import Holidays from 'date-holidays'
import type { Pack } from '#definitions'

/** A day on which nobody works: YYYY-MM-DD and what people call it ('' when a pack does not say). */
export interface Holiday {
  day: string
  name: string
}

/**
 * Days that are not business days: the pack's calendar when it brings one, else the public holidays of the country it
 * names (default Peru), some years around. Data of date-holidays (CC-BY-3.0, credited in the licences).
 */
export function holidaysOf(pack: Pack): Holiday[] {
  const calendar = pack.manifest.calendars?.default as { country?: string; holidays?: string[] } | undefined
  if (calendar?.holidays) return calendar.holidays.map((day) => ({ day, name: '' }))
  return publicHolidays(calendar?.country ?? 'PE')
}

const cache = new Map<string, Holiday[]>()

function publicHolidays(country: string): Holiday[] {
  let days = cache.get(country)
  if (!days) {
    const source = new Holidays(country)
    const thisYear = new Date().getUTCFullYear()
    const years = Array.from({ length: 12 }, (_, index) => thisYear - 3 + index)
    days = years.flatMap((year) =>
      source
        .getHolidays(year, 'es')
        .filter((holiday) => holiday.type === 'public')
        .map((holiday) => ({ day: holiday.date.slice(0, 10), name: holiday.name })),
    )
    cache.set(country, days)
  }
  return days
}
