import type { RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { fieldRights, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { referenceOf, USER_ENTITY } from '../schema/annotations.ts'
import { isPast, stateOn, todayOf } from '../timeline/timeline.ts'
import { mayCorrect, mayInactivate } from '../rights/recordRights.ts'
import { walkValues } from '../schema/walkValues.ts'

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

/** The state of a record that follows by date, where the actor may read it. */
function stateToday({ definition }: EntityInPack, record: RecordDoc, today: string, readable: Set<string>): JsonObject {
  const field = definition['x-effective']?.state?.field
  return field && readable.has(field) ? { [field]: stateOn(definition, record, today) } : {}
}

type Labels = Map<string, Map<string, string>>

/** Names of everything that the given data of an entity refers to: entity → id → label. One query per entity. */
async function labelsOf(ctx: Ctx, entity: EntityInPack, rows: JsonObject[]): Promise<Labels> {
  const wanted = new Map<string, Set<string>>()
  for (const row of rows) {
    walkValues(entity.definition, row, (_path, schema, value) => {
      const reference = referenceOf(schema)
      if (!reference || typeof value !== 'string') return
      const ids = wanted.get(reference.entity) ?? new Set<string>()
      wanted.set(reference.entity, ids.add(value))
    })
  }
  const labels: Labels = new Map()
  for (const [key, ids] of wanted) {
    labels.set(key, await labelsById(ctx, key, [...ids]))
  }
  return labels
}

/** Labels of records (or accounts) by id. */
export async function labelsById(ctx: Ctx, entityKey: string, ids: string[]): Promise<Map<string, string>> {
  if (entityKey === USER_ENTITY) {
    const users = await ctx.db.users.find({ _id: { $in: ids } }, { fields: ['name'] })
    return new Map(users.map((user) => [user._id, user.name]))
  }
  const records = await ctx.db.records(entityKey).find({ _id: { $in: ids } }, { fields: ['label'] })
  return new Map(records.map((record) => [record._id, record.label]))
}

function labelsFor(entity: EntityInPack, data: JsonObject, labels: Labels): Record<string, Record<string, string>> {
  const result: Record<string, Record<string, string>> = {}
  walkValues(entity.definition, data, (path, schema, value) => {
    const reference = referenceOf(schema)
    const label = reference && typeof value === 'string' ? labels.get(reference.entity)?.get(value) : undefined
    if (label === undefined || typeof value !== 'string') return
    const field = path.split('.')[0] ?? path
    result[field] = { ...result[field], [value]: label }
  })
  return result
}

/** Labels for the reference fields of some form data. */
export async function labelsForData(
  ctx: Ctx,
  entityKey: string | null,
  data: JsonObject,
): Promise<Record<string, Record<string, string>>> {
  if (!entityKey) return {}
  const entity = await entityOf(ctx, entityKey)
  return labelsFor(entity, data, await labelsOf(ctx, entity, [data]))
}

export const pick = (data: JsonObject, names: Set<string>): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([name]) => names.has(name)))
