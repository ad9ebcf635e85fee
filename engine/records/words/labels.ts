import type { JsonObject } from '#forms'
import { fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { referenceOf, USER_ENTITY } from '../schema/annotations.ts'
import { pick } from '../schema/pick.ts'
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
    labels.set(key, await labelsById(ctx, key, [...ids], await namedRows(ctx, key)))
  }
  return labels
}

/**
 * Whose names this actor reads where something refers to them. Who reads the field reads the name, whatever his rights
 * on the other record; but people from outside read no name of a row that their row rules keep from them.
 */
export async function namedRows(ctx: Ctx, entityKey: string): Promise<Filter> {
  if (ctx.actor.front !== 'portal' || entityKey === USER_ENTITY) return {}
  return rowFilter(ctx, await entityOf(ctx, entityKey), 'read') ?? {}
}

/** Labels of records (or accounts) by id. */
export async function labelsById(
  ctx: Ctx,
  entityKey: string,
  ids: string[],
  rows: Filter = {},
): Promise<Map<string, string>> {
  if (entityKey === USER_ENTITY) {
    const users = await ctx.db.users.find({ _id: { $in: ids } }, { fields: ['name'] })
    return new Map(users.map((user) => [user._id, user.name]))
  }
  const records = await ctx.db.records(entityKey).find({ $and: [{ _id: { $in: ids } }, rows] }, { fields: ['label'] })
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
  // Somebody from outside may have typed an id into a field that he does not even see.
  const named = ctx.actor.front === 'portal' ? pick(data, fieldRights(ctx, entity).read) : data
  return labelsFor(entity, named, await labelsOf(ctx, entity, [named]))
}
