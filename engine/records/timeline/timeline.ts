import type { EffectiveDefinition, EntityDefinition } from '#definitions'
import { compileRule, todayIn, type Issue, type Json, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, Filter, RecordDoc, RecordTime } from '../../persistence/index.ts'

/** Records that are a timeline (`x-effective`): each counts from its day on, until the day on which the next begins. */

/** The records that are on a timeline at all. */
export const ON_TIMELINE: Filter = { 'effective.counts': true }

/** Those that have begun by a day. The latest of them is in force. */
export const fromInForce = ({ 'x-effective': effective }: EntityDefinition, day: string): Filter => ({
  [`data.${effective?.from ?? ''}`]: { $lte: day },
})

export const todayOf = (ctx: Ctx): string => todayIn(ctx.clock.now(), ctx.config.timeZone)

/** What the state of a record is called today; null for an entity whose state does not follow by date. */
export function stateOn(definition: EntityDefinition, record: RecordDoc, today: string): string | null {
  const effective = definition['x-effective']
  if (!effective?.state) return null
  const { state } = effective
  const from = dayOf(effective, record.data)
  const time = record.effective
  if (time?.cancelled) return state.cancelled ?? state.inactive
  if (!time?.counts || from === null) return state.inactive
  if (from > today) return state.scheduled
  return time.until === null || time.until > today ? state.active : state.inactive
}

/** The records whose state is called so today. An unknown word is nobody's. */
export function stateFilter(definition: EntityDefinition, words: string[], today: string): Filter {
  const effective = definition['x-effective']
  if (!effective?.state) return NOBODY
  const { state, from } = effective
  const start = `data.${from}`
  const begun = { 'effective.counts': true, [start]: { $lte: today } }
  const over = { ...begun, 'effective.until': { $ne: null, $lte: today } }
  const notCounted = { 'effective.counts': { $ne: true } }
  const ways: Filter[] = words.flatMap((word): Filter[] => {
    if (word === state.scheduled) return [{ 'effective.counts': true, [start]: { $gt: today } }]
    if (word === state.active)
      return [{ ...begun, $or: [{ 'effective.until': null }, { 'effective.until': { $gt: today } }] }]
    const cancelled = { ...notCounted, 'effective.cancelled': { $ne: null } }
    const leftOut = { ...notCounted, 'effective.cancelled': null }
    if (word === state.inactive) return [over, leftOut, ...(state.cancelled ? [] : [cancelled])]
    return word === state.cancelled ? [cancelled] : []
  })
  return ways.length > 0 ? { $or: ways } : NOBODY
}
const NOBODY: Filter = { _id: { $in: [] } }

/** May it still be changed or cancelled? What has begun is the past: documents were made with it. */
export function hasBegun(definition: EntityDefinition, record: RecordDoc, today: string): boolean {
  const effective = definition['x-effective']
  const from = effective ? dayOf(effective, record.data) : null
  return from !== null && from <= today
}

/** Is it closed to people: begun, or cancelled? */
export const isPast = (definition: EntityDefinition, record: RecordDoc, today: string): boolean =>
  Boolean(record.effective?.cancelled) || hasBegun(definition, record, today)

/** What is wrong with the day of a record that a person writes: it must not have passed. Its uniqueness is an index. */
export function timelineIssues(
  ctx: Ctx,
  definition: EntityDefinition,
  data: JsonObject,
  before: RecordDoc | null,
): Issue[] {
  const effective = definition['x-effective']
  if (!effective || ctx.actor.front === null) return []
  const today = todayOf(ctx)
  const issue = (path: string, message: string): Issue[] => [
    { path, rule: 'effective', params: {}, message, level: 'error' },
  ]
  if (before?.effective?.cancelled) return issue('', 'Está cancelado: ya no se cambia.')
  if (before && hasBegun(definition, before, today))
    return issue('', 'Ya rige, o rigió: no se cambia. Registre otro desde una fecha nueva.')
  const from = dayOf(effective, data)
  return from !== null && from < today ? issue(effective.from, 'La fecha no puede ser anterior a hoy.') : []
}

/** The place of a record on its timeline, as it is written; `until` is set by `joinTimeline`. */
export function timeOf(
  definition: EntityDefinition,
  record: Pick<RecordDoc, '_id' | 'data'>,
  before: RecordDoc | null,
  environment: { now: Date; timeZone: string },
): RecordTime | null {
  const effective = definition['x-effective']
  if (!effective) return null
  const cancelled = before?.effective?.cancelled ?? null
  const fits =
    effective.where === undefined || compileRule(effective.where).test({ ...record.data, id: record._id }, environment)
  return { counts: fits && cancelled === null, until: before?.effective?.until ?? null, cancelled }
}

/**
 * Lets the neighbours of a record know of it after it was written, moved, cancelled or taken away: each counts until the
 * next begins.
 */
export async function joinTimeline(
  db: Db,
  entity: EntityInPack,
  before: RecordDoc | null,
  after: RecordDoc | null,
): Promise<void> {
  const effective = entity.definition['x-effective']
  if (!effective) return
  const left = place(effective, before)
  const joined = place(effective, after)
  if (left && JSON.stringify(left) !== JSON.stringify(joined)) await mend(db, entity, effective, left)
  if (joined) await mend(db, entity, effective, joined)
}

interface Place {
  from: string
  by: Filter
}

/** Where on which timeline a record stands; null when it is on none. */
function place(effective: EffectiveDefinition, record: RecordDoc | null): Place | null {
  const from = record ? dayOf(effective, record.data) : null
  if (!record?.effective?.counts || record.deletedAt !== null || from === null) return null
  const by = Object.fromEntries(
    (effective.by ?? []).map((field): [string, Json] => [`data.${field}`, record.data[field] ?? null]),
  )
  return { from, by }
}

/** Sets anew until when the record of that day, and the one before it, count. */
async function mend(
  db: Db,
  { key }: EntityInPack,
  { from: field }: EffectiveDefinition,
  { from, by }: Place,
): Promise<void> {
  const records = db.records(key)
  const start = `data.${field}`
  const line: Filter = { ...by, 'effective.counts': true, deletedAt: null }
  const next = await records.findOne({ ...line, [start]: { $gt: from } }, { sort: { [start]: 1 } })
  const here = await records.findOne({ ...line, [start]: from })
  const previous = await records.findOne({ ...line, [start]: { $lt: from } }, { sort: { [start]: -1 } })
  const after = next ? (next.data[field] as string) : null
  if (here && here.effective?.until !== after)
    await records.updateOne({ _id: here._id }, { $set: { 'effective.until': after } })
  const until = here ? from : after
  if (previous && previous.effective?.until !== until)
    await records.updateOne({ _id: previous._id }, { $set: { 'effective.until': until } })
}

function dayOf({ from }: EffectiveDefinition, data: JsonObject): string | null {
  const day = data[from]
  return typeof day === 'string' ? day.slice(0, 10) : null
}
