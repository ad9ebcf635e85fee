import type { Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isNullish, namedOperands } from './operands.ts'
import type { Evaluate, Operators } from './operator.ts'
import { parseDate } from './parseDate.ts'
import { toMoment } from './toMoment.ts'
import { dayOfWeek, dayOfYear, isoWeek, offsetAt, wallClock, week } from './zonedTime.ts'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `$dateToString`'s format. @throws StoreError 18536 for an unknown letter */
function formatDate(ms: number, format: string, zone: string): string {
  const clock = wallClock(ms, zone)
  const digits = (value: number, width: number): string => String(value).padStart(width, '0')
  return format.replace(/%(.?)/g, (_, letter: string) => {
    switch (letter) {
      case 'Y':
        return digits(clock.year, 4)
      case 'm':
        return digits(clock.month, 2)
      case 'd':
        return digits(clock.day, 2)
      case 'H':
        return digits(clock.hour, 2)
      case 'M':
        return digits(clock.minute, 2)
      case 'S':
        return digits(clock.second, 2)
      case 'L':
        return digits(clock.millisecond, 3)
      case 'j':
        return digits(dayOfYear(clock), 3)
      case 'w':
        return String(dayOfWeek(clock))
      case 'u':
        return String(isoWeek(clock).day)
      case 'U':
        return digits(week(clock), 2)
      case 'V':
        return digits(isoWeek(clock).week, 2)
      case 'G':
        return digits(isoWeek(clock).year, 4)
      case 'b':
        return MONTHS[clock.month - 1]!.slice(0, 3)
      case 'B':
        return MONTHS[clock.month - 1]!
      case 'z':
      case 'Z': {
        const minutes = Math.round(offsetAt(ms, zone) / 60_000)
        if (letter === 'Z') return String(minutes)
        return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(minutes) / 60), 2)}${digits(Math.abs(minutes) % 60, 2)}`
      }
      case '%':
        return '%'
      default:
        throw new StoreError(18536, `Invalid format character '%${letter}' in format string`)
    }
  })
}

/** The zone an operator was given; null when it evaluates to null. */
export function zoneOf(evaluate: Evaluate | undefined, scope: Parameters<Evaluate>[0]): string | null {
  if (!evaluate) return 'UTC'
  const zone = evaluate(scope)
  if (isNullish(zone)) return null
  if (typeof zone !== 'string') throw new StoreError(40517, 'timezone must evaluate to a string')
  return zone
}

export const dateText: Operators = {
  $dateToString: (spec, compile, name) => {
    const { date, format, timezone, onNull } = namedOperands(spec, name, ['date'], ['format', 'timezone', 'onNull'])
    const moment = compile(date)
    const pattern = format === undefined ? undefined : compile(format)
    const zone = timezone === undefined ? undefined : compile(timezone)
    const whenNull = onNull === undefined ? undefined : compile(onNull)
    return (scope): Value | undefined => {
      const value = moment(scope)
      if (isNullish(value)) return whenNull ? whenNull(scope) : null
      const where = zoneOf(zone, scope)
      const how = pattern
        ? pattern(scope)
        : where === 'UTC' || where === null
          ? '%Y-%m-%dT%H:%M:%S.%LZ'
          : '%Y-%m-%dT%H:%M:%S.%L'
      if (where === null || isNullish(how)) return null
      if (typeof how !== 'string') throw new StoreError(18533, '$dateToString requires that format be a string')
      return formatDate(toMoment(value, name), how, where)
    }
  },
  $dateFromString: (spec, compile, name) => {
    const { dateString, format, timezone, onError, onNull } = namedOperands(
      spec,
      name,
      ['dateString'],
      ['format', 'timezone', 'onError', 'onNull'],
    )
    const text = compile(dateString)
    const pattern = format === undefined ? undefined : compile(format)
    const zone = timezone === undefined ? undefined : compile(timezone)
    const whenError = onError === undefined ? undefined : compile(onError)
    const whenNull = onNull === undefined ? undefined : compile(onNull)
    return (scope): Value | undefined => {
      const value = text(scope)
      if (isNullish(value)) return whenNull ? whenNull(scope) : null
      const where = zoneOf(zone, scope)
      const how = pattern?.(scope)
      if (where === null || how === null) return null
      try {
        if (typeof value !== 'string')
          throw new StoreError(241, "$dateFromString requires that 'dateString' be a string")
        return parseDate(value, how as string | undefined, where)
      } catch (error) {
        if (whenError && error instanceof StoreError && error.code === 241) return whenError(scope)
        throw error
      }
    }
  },
}
