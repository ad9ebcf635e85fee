import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'

dayjs.extend(customParseFormat)

const formats = [
  'DD/MM/YYYY',
  'D/M/YYYY',
  'DD/MM/YY',
  'D/M/YY',
  'DD-MM-YYYY',
  'D-M-YYYY',
  'DD.MM.YYYY',
  'YYYY-MM-DD',
  'DDMMYYYY',
]

/** A day as people type or paste it here (1/7/26, 01-07-2026, 2026-07-01), as AAAA-MM-DD; null when it is none. */
export function parseDay(text: string): string | null {
  for (const format of formats) {
    const day = dayjs(text.trim(), format, true)
    if (day.isValid()) return day.format('YYYY-MM-DD')
  }
  return null
}
