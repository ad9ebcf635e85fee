import { plainDay, wallClockIn } from '#forms'

/** DD/MM/AAAA HH:mm:ss in a time zone. */
export function plainMoment(at: Date, timeZone: string): string {
  const [day = '', time = ''] = wallClockIn(at, timeZone).split('T')
  return `${plainDay(day)} ${time}`
}
