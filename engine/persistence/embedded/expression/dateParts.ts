import { DateValue, doc, int32, isDoc, TimestampValue, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { zoneOf } from './dateText.ts'
import { isNullish, namedOperands, needWhole, unary } from './operands.ts'
import type { Evaluate, Operator, Operators } from './operator.ts'
import { toMoment } from './toMoment.ts'
import { dayOfWeek, dayOfYear, isoWeek, momentOf, utc, wallClock, week, type WallClock } from './zonedTime.ts'

const part =
  (read: (clock: WallClock) => number): Operator =>
  (spec, compile, name) => {
    const named = isDoc(spec) && spec.has('date')
    const { date, timezone } = named
      ? namedOperands(spec, name, ['date'], ['timezone'])
      : { date: Array.isArray(spec) && spec.length === 1 ? spec[0]! : spec, timezone: undefined }
    const moment = compile(date)
    const zone = timezone === undefined ? undefined : compile(timezone)
    return (scope) => {
      const value = moment(scope)
      const where = zoneOf(zone, scope)
      return isNullish(value) || where === null ? null : int32(read(wallClock(toMoment(value, name), where)))
    }
  }

const UNITS = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'])
const FIXED: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

function needUnit(value: Value | undefined, name: string): string {
  if (typeof value !== 'string' || !UNITS.has(value))
    throw new StoreError(9, `${name}: unknown time unit value: ${String(value)}`)
  return value
}

/** Adds in the zone's wall clock: a day is a day there, a month keeps its day where it can. */
function addUnits(ms: number, unit: string, amount: number, zone: string): number {
  if (unit === 'hour' || unit === 'minute' || unit === 'second' || unit === 'millisecond')
    return ms + amount * FIXED[unit]!
  const clock = wallClock(ms, zone)
  if (unit === 'day' || unit === 'week')
    return momentOf({ ...clock, day: clock.day + amount * (unit === 'week' ? 7 : 1) }, zone)
  const months = clock.year * 12 + clock.month - 1 + amount * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1)
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  const last = new Date(utc(year, month + 1, 0, 0, 0, 0, 0)).getUTCDate()
  return momentOf({ ...clock, year, month, day: Math.min(clock.day, last) }, zone)
}

function startOfWeekOf(value: Value | undefined): number {
  if (value === undefined) return 7
  const at =
    typeof value === 'string'
      ? WEEKDAYS.findIndex((day) => day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase())
      : -1
  if (at < 0) throw new StoreError(9, `unknown day of week value: ${String(value)}`)
  return at + 1
}

/** Number of unit boundaries, and the days since 1970 they are counted in. */
function ordinal(ms: number, unit: string, zone: string, startOfWeek: number): number {
  const clock = wallClock(ms, zone)
  const days = Math.floor(utc(clock.year, clock.month, clock.day, 0, 0, 0, 0) / FIXED.day!)
  switch (unit) {
    case 'year':
      return clock.year
    case 'quarter':
      return clock.year * 4 + Math.floor((clock.month - 1) / 3)
    case 'month':
      return clock.year * 12 + clock.month - 1
    case 'week':
      // 1970-01-01 was a Thursday: day 4 from 1 = Monday.
      return Math.floor((days + 3 - (startOfWeek - 1)) / 7)
    case 'day':
      return days
    default:
      return Math.floor(
        utc(clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second, clock.millisecond) /
          FIXED[unit]!,
      )
  }
}

// MongoDB counts bins from 2000-01-01.
const REFERENCE: WallClock = { year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }

function truncate(ms: number, unit: string, size: number, zone: string, startOfWeek: number): number {
  const clock = wallClock(ms, zone)
  if (unit === 'year' || unit === 'quarter' || unit === 'month') {
    const step = size * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1)
    const months = Math.floor(((clock.year - 2000) * 12 + clock.month - 1) / step) * step
    const year = 2000 + Math.floor(months / 12)
    return momentOf({ ...REFERENCE, year, month: months - Math.floor(months / 12) * 12 + 1 }, zone)
  }
  const local = utc(clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second, clock.millisecond)
  const step = size * FIXED[unit]!
  // 2000-01-01 was a Saturday (6): weeks are counted from the first of them that begins as asked.
  const shift = unit === 'week' ? ((startOfWeek - 6 + 7) % 7) * FIXED.day! : 0
  const origin = utc(2000, 1, 1, 0, 0, 0, 0) + shift
  const start = new Date(origin + Math.floor((local - origin) / step) * step)
  if (unit === 'hour' || unit === 'minute' || unit === 'second' || unit === 'millisecond')
    return ms - (local - start.getTime())
  return momentOf(
    {
      year: start.getUTCFullYear(),
      month: start.getUTCMonth() + 1,
      day: start.getUTCDate(),
      hour: start.getUTCHours(),
      minute: start.getUTCMinutes(),
      second: start.getUTCSeconds(),
      millisecond: start.getUTCMilliseconds(),
    },
    zone,
  )
}

function shifted(sign: 1 | -1): Operator {
  return (spec, compile, name) => {
    const { startDate, unit, amount, timezone } = namedOperands(
      spec,
      name,
      ['startDate', 'unit', 'amount'],
      ['timezone'],
    )
    const parts = [compile(startDate), compile(unit), compile(amount)]
    const zone = timezone === undefined ? undefined : compile(timezone)
    return (scope) => {
      const [start, which, count] = parts.map((evaluate) => evaluate(scope))
      const where = zoneOf(zone, scope)
      if (isNullish(start) || isNullish(which) || isNullish(count) || where === null) return null
      return new DateValue(addUnits(toMoment(start, name), needUnit(which, name), sign * needWhole(count, name), where))
    }
  }
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const

export const dateParts: Operators = {
  $year: part((clock) => clock.year),
  $month: part((clock) => clock.month),
  $dayOfMonth: part((clock) => clock.day),
  $hour: part((clock) => clock.hour),
  $minute: part((clock) => clock.minute),
  $second: part((clock) => clock.second),
  $millisecond: part((clock) => clock.millisecond),
  $dayOfWeek: part(dayOfWeek),
  $dayOfYear: part(dayOfYear),
  $week: part(week),
  $isoWeek: part((clock) => isoWeek(clock).week),
  $isoWeekYear: part((clock) => isoWeek(clock).year),
  $isoDayOfWeek: part((clock) => isoWeek(clock).day),
  $dateAdd: shifted(1),
  $dateSubtract: shifted(-1),
  $dateDiff: (spec, compile, name) => {
    const { startDate, endDate, unit, timezone, startOfWeek } = namedOperands(
      spec,
      name,
      ['startDate', 'endDate', 'unit'],
      ['timezone', 'startOfWeek'],
    )
    const parts = [compile(startDate), compile(endDate), compile(unit)]
    const zone = timezone === undefined ? undefined : compile(timezone)
    const first: Evaluate = startOfWeek === undefined ? () => undefined : compile(startOfWeek)
    return (scope) => {
      const [start, end, which] = parts.map((evaluate) => evaluate(scope))
      const where = zoneOf(zone, scope)
      if (isNullish(start) || isNullish(end) || isNullish(which) || where === null) return null
      const unitName = needUnit(which, name)
      const weekStart = startOfWeekOf(first(scope))
      return BigInt(
        ordinal(toMoment(end, name), unitName, where, weekStart) -
          ordinal(toMoment(start, name), unitName, where, weekStart),
      )
    }
  },
  $dateTrunc: (spec, compile, name) => {
    const { date, unit, binSize, timezone, startOfWeek } = namedOperands(
      spec,
      name,
      ['date', 'unit'],
      ['binSize', 'timezone', 'startOfWeek'],
    )
    const parts = [compile(date), compile(unit), binSize === undefined ? (): Value => int32(1) : compile(binSize)]
    const zone = timezone === undefined ? undefined : compile(timezone)
    const first: Evaluate = startOfWeek === undefined ? () => undefined : compile(startOfWeek)
    return (scope) => {
      const [value, which, size] = parts.map((evaluate) => evaluate(scope))
      const where = zoneOf(zone, scope)
      if (isNullish(value) || isNullish(which) || isNullish(size) || where === null) return null
      const count = needWhole(size, name)
      if (count <= 0) throw new StoreError(5439018, '$dateTrunc requires binSize value to be greater than 0')
      return new DateValue(
        truncate(toMoment(value, name), needUnit(which, name), count, where, startOfWeekOf(first(scope))),
      )
    }
  },
  $dateToParts: (spec, compile, name) => {
    const { date, timezone, iso8601 } = namedOperands(spec, name, ['date'], ['timezone', 'iso8601'])
    const moment = compile(date)
    const zone = timezone === undefined ? undefined : compile(timezone)
    return (scope) => {
      const value = moment(scope)
      const where = zoneOf(zone, scope)
      if (isNullish(value) || where === null) return null
      const clock = wallClock(toMoment(value, name), where)
      const time = {
        hour: int32(clock.hour),
        minute: int32(clock.minute),
        second: int32(clock.second),
        millisecond: int32(clock.millisecond),
      }
      if (iso8601 !== true)
        return doc({ year: int32(clock.year), month: int32(clock.month), day: int32(clock.day), ...time })
      const iso = isoWeek(clock)
      return doc({ isoWeekYear: int32(iso.year), isoWeek: int32(iso.week), isoDayOfWeek: int32(iso.day), ...time })
    }
  },
  $dateFromParts: (spec, compile, name) => {
    const parts = namedOperands(spec, name, [], [...FIELDS, 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone'])
    const iso = parts.isoWeekYear !== undefined
    if (!iso && parts.year === undefined)
      throw new StoreError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
    const compiled = new Map(Object.entries(parts).map(([key, value]) => [key, compile(value)]))
    return (scope) => {
      const zone = zoneOf(compiled.get('timezone'), scope)
      if (zone === null) return null
      const numbers: Record<string, number> = {}
      for (const [key, evaluate] of compiled) {
        if (key === 'timezone') continue
        const value = evaluate(scope)
        if (isNullish(value)) return null
        numbers[key] = needWhole(value, name)
      }
      const time = {
        hour: numbers.hour ?? 0,
        minute: numbers.minute ?? 0,
        second: numbers.second ?? 0,
        millisecond: numbers.millisecond ?? 0,
      }
      if (!iso)
        return new DateValue(
          momentOf({ year: numbers.year!, month: numbers.month ?? 1, day: numbers.day ?? 1, ...time }, zone),
        )
      // The fourth of January is always in the first ISO week.
      const fourth = new Date(utc(numbers.isoWeekYear!, 1, 4, 0, 0, 0, 0)).getUTCDay() || 7
      const day = 4 - fourth + ((numbers.isoWeek ?? 1) - 1) * 7 + (numbers.isoDayOfWeek ?? 1)
      return new DateValue(momentOf({ year: numbers.isoWeekYear!, month: 1, day, ...time }, zone))
    }
  },
  $tsSecond: unary((value) =>
    value instanceof TimestampValue ? value.value >> 32n : timestampOnly(value, '$tsSecond'),
  ),
  $tsIncrement: unary((value) =>
    value instanceof TimestampValue ? value.value & 0xffffffffn : timestampOnly(value, '$tsIncrement'),
  ),
}

function timestampOnly(value: Value | undefined, name: string): null {
  if (isNullish(value)) return null
  throw new StoreError(5687301, `${name} requires a timestamp argument`)
}
