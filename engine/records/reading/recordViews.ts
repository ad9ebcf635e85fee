import type { RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { fieldRights, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { USER_ENTITY } from '../schema/annotations.ts'
import { isPast, stateOn, todayOf } from '../timeline/timeline.ts'
import { mayCorrect, mayInactivate } from '../rights/recordRights.ts'
import { pick } from '../schema/pick.ts'
import { labelsById, labelsFor, labelsOf } from '../words/labels.ts'

/** Records as this actor may see them: unreadable fields absent, names of what references point at beside. */
export async function recordViews(ctx: Ctx, entity: EntityInPack, records: RecordDoc[]): Promise<RecordView[]> {
  const rights = fieldRights(ctx, entity)
  const today = todayOf(ctx)
  const visible = records.map((record) => ({
    record,
    data: { ...pick(record.data, rights.read), ...stateToday(entity, record, today, rights.read) },
  }))
  const labels = await labelsOf(
    ctx,
    entity,
    visible.map(({ data }) => data),
  )
  const editorIds = [...new Set(records.flatMap(({ updatedBy }) => (updatedBy ? [updatedBy] : [])))]
  const editors = editorIds.length > 0 ? await labelsById(ctx, USER_ENTITY, editorIds) : new Map<string, string>()
  return visible.map(({ record, data }) => ({
    id: record._id,
    entity: entity.key,
    revision: record.revision,
    label: record.label,
    data,
    labels: labelsFor(entity, data, labels),
    permissions: {
      edit: !isPast(entity.definition, record, today) && mayDo(ctx, entity, 'edit', { ...record.data, id: record._id }),
      delete:
        entity.definition['x-delete'] !== 'never' && mayDo(ctx, entity, 'delete', { ...record.data, id: record._id }),
      inactivate: mayInactivate(ctx, entity, record),
      correct: mayCorrect(ctx, entity, record),
      fields: [...rights.edit],
    },
    inactiveAt: record.inactiveAt?.toISOString() ?? null,
    deletedAt: record.deletedAt?.toISOString() ?? null,
    incomplete: record.incomplete === true,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    updatedBy: record.updatedBy ? (editors.get(record.updatedBy) ?? null) : null,
  }))
}

/** The same of one record. */
export async function recordView(ctx: Ctx, entity: EntityInPack, record: RecordDoc): Promise<RecordView> {
  const [view] = await recordViews(ctx, entity, [record])
  if (!view) throw new CauceError('internal')
  return view
}

/** The state of a record that follows by date, where the actor may read it. */
function stateToday({ definition }: EntityInPack, record: RecordDoc, today: string, readable: Set<string>): JsonObject {
  const field = definition['x-effective']?.state?.field
  return field && readable.has(field) ? { [field]: stateOn(definition, record, today) } : {}
}
