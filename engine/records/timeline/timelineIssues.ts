import type { EntityDefinition } from '#definitions'
import type { Issue, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { dayOf, hasBegun, todayOf } from './timeline.ts'

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
