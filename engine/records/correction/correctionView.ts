import type { CorrectionView } from '#engine/contract'
import { contextForRecord, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { formView } from '../entity/formView.ts'
import { environmentView } from '../environment/environmentView.ts'
import { formEnvironment } from '../environment/environment.ts'
import { mayCorrect } from '../rights/recordRights.ts'
import { recordView } from '../reading/recordViews.ts'
import { pick } from '../schema/pick.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'
import { closedFields } from './closedFields.ts'
import { correctionForm } from './correctionForm.ts'
import { fixedFields } from '../schema/fixedFields.ts'
import { savedForm } from './savedForm.ts'

/** The form for correcting what is fixed: those fields only, and which of them are closed by now. 403, 404. */
export async function correctionView(given: Ctx, input: { entity: string; id: string }): Promise<CorrectionView> {
  const entity = await entityOf(given, input.entity)
  const ctx = await contextForRecord(given, entity, input.id)
  const record = await visibleRecord(ctx, ctx.db, entity, input.id)
  if (!mayCorrect(ctx, entity, record)) throw new CauceError('access.denied')
  const { read, edit } = fieldRights(ctx, entity)
  const fields = fixedFields(entity).filter((name) => edit.has(name))
  const { model, environment: saved } = await savedForm(ctx, ctx.db, entity, record)
  const closed = closedFields(entity, model, record, saved).filter(({ field }) => fields.includes(field))
  const open = new Set(fields.filter((name) => !closed.some(({ field, unlock }) => field === name && !unlock)))
  const form = await correctionForm(ctx, entity, open)
  const visible = pick(record.data, read)
  const about = { installed: entity.installed, form, properties: entity.definition.properties }
  const environment = await formEnvironment(ctx, ctx.db, {
    ...about,
    record: { ...visible, id: record._id },
    value: visible,
  })
  const { labels } = await recordView(ctx, entity, record)
  return {
    form: formView(form),
    data: pick(record.data, new Set(fields)),
    labels,
    environment: environmentView(environment, form.schema),
    revision: record.revision,
    closed,
  }
}
