const DAY_MS = 24 * 3600_000

/** The next instant after `now` at which it is `time` (`00:00`) in a time zone. */
export function nextTimeOfDay(now: Date, time: string, timeZone: string): Date {
  for (let days = 0; ; days++) {
    const shown = localDay(new Date(now.getTime() + days * DAY_MS), timeZone)
    const moment = instantOf(`${shown}T${time}:00`, timeZone)
    if (moment > now) return moment
  }
}

const localDay = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** A wall clock's time as an instant; twice, for a day on which the zone changes its offset. */
function instantOf(wall: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wall}Z`)
  let instant = asUtc
  for (let round = 0; round < 2; round++) {
    const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant)
    instant += asUtc - Date.parse(`${text.replace(' ', 'T')}Z`)
  }
  return new Date(instant)
}
