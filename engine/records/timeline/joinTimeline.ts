import type { EffectiveDefinition, EntityDefinition } from '#definitions'
import { compileRule, type Json } from '#forms'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, Filter, RecordDoc, RecordTime } from '../../persistence/index.ts'
import { dayOf } from './timeline.ts'

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
