import { plainMoment } from '../../exports/index.ts'

/** `DD/MM/AAAA a las HH:mm`, for a sentence (FM-D-125). */
export function formatMoment(at: Date, timeZone: string): string {
  const [day = '', time = ''] = plainMoment(at, timeZone).split(' ')
  return `${day} a las ${time.slice(0, 5)}`
}
