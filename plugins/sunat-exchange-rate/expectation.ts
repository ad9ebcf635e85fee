import { addDays, startOf } from './days.ts'

/**
 * SUNAT publishes for a day the close of the day before, so a value is expected for the day after each business day:
 * for Saturdays, not for Sundays and Mondays. Source: gob.pe 13493 and the gaps of July 2021.
 */
export function isExpected(day: string, isBusinessDay: (day: string) => boolean): boolean {
  return isBusinessDay(addDays(day, -1))
}

/** How long a wait is looked back for; a month without any value is one wait. */
const LONGEST_DAYS = 31

/**
 * Since when a publication is missing: the beginning of the first expected day after the last published one, up to
 * today; null while nothing is missing. Days without publication never count (FM-D-108).
 */
export function missingSince(input: {
  lastPublished: string | null
  today: string
  timeZone: string
  isBusinessDay: (day: string) => boolean
}): Date | null {
  const { lastPublished, today, timeZone, isBusinessDay } = input
  if (lastPublished === null) return startOf(today, timeZone)
  let day = addDays(lastPublished, 1)
  const earliest = addDays(today, -LONGEST_DAYS)
  if (day < earliest) day = earliest
  for (; day <= today; day = addDays(day, 1)) if (isExpected(day, isBusinessDay)) return startOf(day, timeZone)
  return null
}
