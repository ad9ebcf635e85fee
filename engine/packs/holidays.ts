import Holidays from 'date-holidays'
import type { Pack } from '#definitions'

/**
 * Days that are not business days, as YYYY-MM-DD: the pack's calendar when it brings one, else the public holidays of
 * the country it names (default Peru), some years around. Data of date-holidays (CC-BY-3.0, credited in the licences).
 */
export function holidaysOf(pack: Pack): string[] {
  const calendar = pack.manifest.calendars?.default as { country?: string; holidays?: string[] } | undefined
  if (calendar?.holidays) return calendar.holidays
  return publicHolidays(calendar?.country ?? 'PE')
}

const cache = new Map<string, string[]>()

function publicHolidays(country: string): string[] {
  let days = cache.get(country)
  if (!days) {
    const source = new Holidays(country)
    const thisYear = new Date().getUTCFullYear()
    const years = Array.from({ length: 12 }, (_, index) => thisYear - 3 + index)
    days = years.flatMap((year) =>
      source
        .getHolidays(year)
        .filter((holiday) => holiday.type === 'public')
        .map((holiday) => holiday.date.slice(0, 10)),
    )
    cache.set(country, days)
  }
  return days
}
