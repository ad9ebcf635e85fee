import type { EffectiveDefinition, EntityDefinition } from '#definitions'
import { todayIn, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { Filter, RecordDoc } from '../../persistence/index.ts'

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

/** May it still be changed or cancelled? What has begun is the past: documents were made with it. */
export function hasBegun(definition: EntityDefinition, record: RecordDoc, today: string): boolean {
  const effective = definition['x-effective']
  const from = effective ? dayOf(effective, record.data) : null
  return from !== null && from <= today
}

/** Is it closed to people: begun, or cancelled? */
export const isPast = (definition: EntityDefinition, record: RecordDoc, today: string): boolean =>
  Boolean(record.effective?.cancelled) || hasBegun(definition, record, today)

/** The day from which a record counts. */
export function dayOf({ from }: EffectiveDefinition, data: JsonObject): string | null {
  const day = data[from]
  return typeof day === 'string' ? day.slice(0, 10) : null
}
