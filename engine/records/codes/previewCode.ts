import type { CodePreview } from '#engine/contract'
import { settleForm, type JsonObject } from '#forms'
import { demand, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityForm, entityOf, settingsOf } from '../../packs/index.ts'
import { codeField, codeOf } from '../schema/annotations.ts'
import { formEnvironment } from '../environment/environment.ts'
import { pick } from '../schema/pick.ts'
import { peekNumber } from './codeCounter.ts'
import { codeWith, stemOf } from './codePattern.ts'

/**
 * The code that a new record would get now ("El próximo será HV001004"); null while what it is made of is not chosen,
 * or where the code comes later. Nothing is counted: who saves first has it.
 */
export async function previewCode(ctx: Ctx, input: { entity: string; data: JsonObject }): Promise<CodePreview> {
  const entity = await entityOf(ctx, input.entity)
  await demand(ctx, entity.key, 'create')
  const field = codeField(entity.definition)
  const everything = new Set(Object.keys(entity.definition.properties))
  const form = entityForm(entity, everything, everything, await settingsOf(ctx, entity.installed))
  const code = field ? codeOf(form.schema.properties?.[field] ?? {}) : null
  if (!field || !code || code.at !== null) return { code: null }
  const value = pick(input.data, fieldRights(ctx, entity).edit)
  const about = { installed: entity.installed, form, properties: entity.definition.properties, record: null, value }
  const environment = await formEnvironment(ctx, ctx.db, about)
  const data = settleForm(form.model, value, environment, { event: 'create', keepHidden: true }).stored
  const sources = { data, ref: environment.ref, createdAt: ctx.clock.now(), timeZone: ctx.config.timeZone }
  const stem = stemOf(code.pattern, sources)
  if (!stem) return { code: null }
  if (stem.width === null) return { code: stem.before }
  return { code: codeWith(stem, await peekNumber(ctx, ctx.db, { entity: entity.key, field, stem })) }
}
