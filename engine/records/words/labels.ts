import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import { referenceOf, USER_ENTITY } from '../schema/annotations.ts'
import { walkValues } from '../schema/walkValues.ts'

/** entity → id → label */
export type Labels = Map<string, Map<string, string>>

/** Names of everything that the given data of an entity refers to: entity → id → label. One query per entity. */
export async function labelsOf(ctx: Ctx, entity: EntityInPack, rows: JsonObject[]): Promise<Labels> {
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

export function labelsFor(
  entity: EntityInPack,
  data: JsonObject,
  labels: Labels,
): Record<string, Record<string, string>> {
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
