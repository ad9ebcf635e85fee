/** The day of `now` in a time zone (IANA name), as YYYY-MM-DD. "Today" of every rule. */
export function todayIn(now: Date, timeZone: string): string {
  return wallClockIn(now, timeZone).slice(0, 10)
}

/** Local date and time of an instant, as YYYY-MM-DDTHH:mm:ss. */
export function wallClockIn(now: Date, timeZone: string): string {
  const parts: Record<string, string> = {}
  for (const part of formatterFor(timeZone).formatToParts(now)) parts[part.type] = part.value
  const year = (parts.year ?? '').padStart(4, '0')
  return `${year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`
}

/**
 * The instant at which a wall clock shows this date and time (YYYY-MM-DDTHH:mm:ss) in a time zone. Asked twice, so that a
 * change of the zone's offset in between counts. An invalid date for a text that is none.
 */
export function instantOfWallClock(wallClock: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wallClock}Z`)
  let instant = asUtc
  for (let round = 0; round < 2 && !Number.isNaN(instant); round++) {
    instant += asUtc - Date.parse(`${wallClockIn(new Date(instant), timeZone)}Z`)
  }
  return new Date(instant)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Building a formatter costs more than using it: one per zone is kept. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}
