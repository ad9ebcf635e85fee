import type { CalendarView } from '#engine/contract'
import { demand } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { calendarId, daysIn, holidaysIn, packsOf, type CompanyDay } from '../packs/index.ts'
import type { Json } from '#forms'
import { SETTINGS } from './settings.ts'

const CHANGED = 'calendar.changed'
const CHANGES_SHOWN = 50

/** The holidays of a year: official ones and the company's own, and who changed what. 403 without the right to change them. */
export async function companyCalendar(ctx: Ctx, year: number): Promise<CalendarView> {
  await demand(ctx, SETTINGS, 'edit')
  if (!(year >= 1900 && year <= 9999)) throw new CauceError('request.invalid')
  const ofYear = (day: string): boolean => day.startsWith(`${year}-`)
  const official = await officialDays(ctx, year)
  const own = daysIn((await ctx.db.settings.get(calendarId(ctx.tenant)))?.values ?? {})
  const days = [...new Set([...official.keys(), ...own.keys()])].filter(ofYear).sort()
  const changes = await ctx.db.audit.find({ action: CHANGED }, { sort: { at: -1, sequence: -1 }, limit: CHANGES_SHOWN })
  return {
    year,
    days: days.map((day) => {
      const said = own.get(day)
      return {
        day,
        name: said?.name || (official.get(day) ?? ''),
        official: official.has(day),
        holiday: said?.holiday ?? true,
        own: said !== undefined,
      }
    }),
    changes: changes.map((row) => ({
      at: row.at.toISOString(),
      who: row.actorName ?? '',
      day: String(row.details.day),
      name: String(row.details.name),
      change: row.details.change as CalendarView['changes'][number]['change'],
      reason: String(row.details.reason ?? ''),
    })),
  }
}

export interface CalendarDayInput {
  day: string
  /** `workday`: work goes on although the day is an official holiday. `official`: as the official calendar says. */
  as: 'holiday' | 'workday' | 'official'
  name?: string
  reason?: string
}

/**
 * Says of one day whether it is a holiday. In force in every process within a second, for terms that are counted from
 * then on; dates that were counted before stay. 403, 422 for a day that does not exist or a holiday without a name.
 */
export async function setCalendarDay(ctx: Ctx, input: CalendarDayInput): Promise<CalendarView> {
  await demand(ctx, SETTINGS, 'edit')
  const { day } = input
  if (!isDay(day)) throw refuse('day', 'Escriba una fecha que exista.')
  const official = await officialDays(ctx, yearOf(day))
  const name = input.name?.trim() || official.get(day) || ''
  const holiday = input.as === 'official' ? official.has(day) : input.as === 'holiday'
  if (holiday && !official.has(day) && name === '') throw refuse('name', 'Escriba el nombre del feriado.')
  // What the official calendar says already is not said again.
  const said: CompanyDay | null = holiday === official.has(day) ? null : { holiday, name }
  const _id = calendarId(ctx.tenant)
  await ctx.transaction(async (db) => {
    const before = (await db.settings.get(_id))?.values[day] ?? null
    await db.settings.findOneAndUpdate(
      { _id },
      {
        ...(said ? { $set: { [`values.${day}`]: said } } : { $unset: { [`values.${day}`]: '' } }),
        $inc: { revision: 1 },
      },
      { upsert: true },
    )
    await writeAudit(ctx, db, {
      action: CHANGED,
      thing: SETTINGS,
      changes: [{ field: day, before, after: said as unknown as Json }],
      details: { day, name, change: changeOf(said, official.has(day)), reason: input.reason?.trim() ?? '' },
    })
  })
  packsOf(ctx).calendar.forget()
  return companyCalendar(ctx, yearOf(day))
}

function changeOf(said: CompanyDay | null, isOfficial: boolean): CalendarView['changes'][number]['change'] {
  if (said) return said.holiday ? 'added' : 'worked'
  return isOfficial ? 'restored' : 'removed'
}

const yearOf = (day: string): number => Number(day.slice(0, 4))

/** Holidays of a year in the calendars of all packs, with their names. */
async function officialDays(ctx: Ctx, year: number): Promise<Map<string, string>> {
  const days = new Map<string, string>()
  for (const { pack } of await packsOf(ctx).all(ctx))
    for (const [day, name] of holidaysIn(pack, year)) days.set(day, days.get(day) || name)
  return days
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day
}

const refuse = (path: string, message: string): CauceError =>
  new CauceError('form.invalid', {}, { issues: [{ path, rule: 'required', params: {}, message, level: 'error' }] })
