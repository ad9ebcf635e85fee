import { instantOfWallClock, todayIn } from '#forms'

const DAY_MS = 24 * 3600_000

/** The next instant after `now` at which it is `time` (`00:00`) in a time zone. */
export function nextTimeOfDay(now: Date, time: string, timeZone: string): Date {
  for (let days = 0; ; days++) {
    const day = todayIn(new Date(now.getTime() + days * DAY_MS), timeZone)
    const moment = instantOfWallClock(`${day}T${time}:00`, timeZone)
    if (moment > now) return moment
  }
}
