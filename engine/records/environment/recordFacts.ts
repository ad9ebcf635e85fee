import type { JsonObject } from '#forms'
import { contextForEntity, contextForRecord, demand, fieldRights, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityForm, entityOf, settingsOf } from '../../packs/index.ts'
import { formFacts } from './formFacts.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'

export interface RecordFactsInput {
  entity: string
  /** Of the record being changed; absent for a new one. */
  id?: string
  data: JsonObject
}

/**
 * What the rules of a record's form know, for what was typed so far. 404 unknown entity or record, 403 for who may
 * neither create nor change it: nobody learns by asking what he could not learn by saving.
 */
export async function recordFacts(given: Ctx, input: RecordFactsInput): Promise<{ facts: JsonObject }> {
  const entity = await entityOf(given, input.entity)
  const ctx = input.id ? await contextForRecord(given, entity, input.id) : await contextForEntity(given, input.entity)
  const record = input.id ? await visibleRecord(ctx, ctx.db, entity, input.id) : null
  const whole = record && { ...record.data, id: record._id }
  if (!whole) await demand(ctx, entity.key, 'create')
  else if (!mayDo(ctx, entity, 'edit', whole)) throw new CauceError('access.denied')
  const { read, edit } = fieldRights(ctx, entity)
  const form = entityForm(entity, read, edit, await settingsOf(ctx, entity.installed))
  return formFacts(ctx, { installed: entity.installed, form, record: whole, data: input.data })
}
