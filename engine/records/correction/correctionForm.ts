import { fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityForm, settingsOf, type EntityInPack, type ResolvedForm } from '../../packs/index.ts'
import { fixedFields } from '../schema/fixedFields.ts'

/** The form of what is fixed, for this actor; of it only the `open` fields are edited. */
export async function correctionForm(ctx: Ctx, entity: EntityInPack, open: Set<string>): Promise<ResolvedForm> {
  const { read, edit } = fieldRights(ctx, entity)
  const fields = fixedFields(entity)
  const shown = new Set(fields.filter((name) => read.has(name)))
  const edited = new Set(fields.filter((name) => edit.has(name) && open.has(name)))
  return entityForm(entity, shown, edited, await settingsOf(ctx, entity.installed), { correcting: true })
}
