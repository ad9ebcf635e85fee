import { DateValue } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { momentOf, utc, type WallClock } from './zonedTime.ts'

/**
 * Reads a date. Without `format`: ISO 8601, with or without time and zone. `zone` counts where the text has none.
 * @throws StoreError 241 for a text that is no such date
 */
export function parseDate(text: string, format: string | undefined, zone: string): DateValue {
  return format === undefined ? parseIso(text, zone) : parseFormat(text, format, zone)
}

const bad = (text: string): StoreError => new StoreError(241, `Error parsing date string '${text}'`)

const ISO =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i

function parseIso(text: string, zone: string): DateValue {
  const match = ISO.exec(text.trim())
  if (!match) throw bad(text)
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', offset] = match
  const clock = checked(text, {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
  })
  return new DateValue(momentOf(clock, offset ? offset.toUpperCase() : zone))
}

function checked(text: string, clock: WallClock): WallClock {
  const { year, month, day, hour, minute, second } = clock
  const date = new Date(utc(year, month, day, 0, 0, 0, 0))
  if (month < 1 || month > 12 || date.getUTCDate() !== day || hour > 24 || minute > 59 || second > 59) throw bad(text)
  return clock
}

const PATTERNS: Record<string, [RegExp, keyof WallClock | 'offset' | 'dayOfYear']> = {
  Y: [/^\d{4}/, 'year'],
  m: [/^\d{1,2}/, 'month'],
  d: [/^\d{1,2}/, 'day'],
  H: [/^\d{1,2}/, 'hour'],
  M: [/^\d{1,2}/, 'minute'],
  S: [/^\d{1,2}/, 'second'],
  L: [/^\d{1,3}/, 'millisecond'],
  j: [/^\d{1,3}/, 'dayOfYear'],
  z: [/^(?:Z|[+-]\d{2}:?\d{2})/, 'offset'],
}

function parseFormat(text: string, format: string, zone: string): DateValue {
  const clock: WallClock = { year: NaN, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }
  let offset: string | undefined
  let rest = text
  for (let at = 0; at < format.length; at++) {
    const char = format[at]!
    if (char !== '%') {
      if (rest[0] !== char) throw bad(text)
      rest = rest.slice(1)
      continue
    }
    const letter = format[++at] ?? ''
    if (letter === '%') {
      if (rest[0] !== '%') throw bad(text)
      rest = rest.slice(1)
      continue
    }
    const known = PATTERNS[letter]
    if (!known) throw new StoreError(18536, `Invalid format character '%${letter}' in format string`)
    const found = known[0].exec(rest)?.[0]
    if (found === undefined) throw bad(text)
    rest = rest.slice(found.length)
    if (known[1] === 'offset') offset = found
    else if (known[1] === 'dayOfYear') {
      clock.month = 1
      clock.day = Number(found)
    } else clock[known[1]] = Number(found)
  }
  if (rest !== '' || Number.isNaN(clock.year)) throw bad(text)
  return new DateValue(momentOf(format.includes('%j') ? clock : checked(text, clock), offset ?? zone))
}
