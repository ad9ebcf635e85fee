import type { FormEnvironment, FormModel } from '#forms'
import type { Ctx } from '../../context.ts'
import { entityForm, settingsOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { formEnvironment } from '../environment/environment.ts'

/** What the form of an entity knows of a record as it is saved. */
export async function savedForm(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  record: RecordDoc,
): Promise<{ model: FormModel; environment: FormEnvironment }> {
  const { definition, installed } = entity
  const everything = new Set(Object.keys(definition.properties))
  const form = entityForm(entity, everything, everything, await settingsOf(ctx, installed))
  const saved = { ...record.data, id: record._id }
  const about = { installed, form, properties: definition.properties, record: saved, value: saved }
  return { model: form.model, environment: await formEnvironment(ctx, db, about) }
}
