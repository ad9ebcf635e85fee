import type { FormSchema, Json } from '#forms'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import { fileOf, referenceOf } from '../schema/annotations.ts'
import { catalogTitles } from './catalogTitles.ts'
import type { Names } from './plainValue.ts'
import { labelsById, namedRows } from './labels.ts'

/** Names of all records and files that the given values stand for, also inside lists: one query for each entity. */
export async function valueNames(
  ctx: Ctx,
  values: { schema: FormSchema | undefined; value: Json }[],
): Promise<(entity: EntityInPack | null | undefined) => Names> {
  const wanted = new Map<string, Set<string>>()
  const note = (schema: FormSchema | undefined, value: Json): void => {
    if (Array.isArray(value)) for (const item of value) note(schema?.items, item)
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) note(schema?.properties?.[key], item)
    else if (typeof value === 'string') {
      const target = referenceOf(schema)?.entity ?? (fileOf(schema) ? '' : null)
      if (target !== null) wanted.set(target, (wanted.get(target) ?? new Set<string>()).add(value))
    }
  }
  for (const { schema, value } of values) note(schema, value)
  const names = new Map<string, Map<string, string>>()
  for (const [target, ids] of wanted)
    names.set(
      target,
      target ? await labelsById(ctx, target, [...ids], await namedRows(ctx, target)) : await fileNames(ctx, ids),
    )
  return (entity) => ({
    records: (target) => names.get(target),
    rows: (catalog) => (entity ? catalogTitles(entity, catalog) : undefined),
  })
}

async function fileNames(ctx: Ctx, ids: Set<string>): Promise<Map<string, string>> {
  const files = await ctx.db.fileInfos.find({ _id: { $in: [...ids] } }, { fields: ['name'] })
  return new Map(files.map((file) => [file._id, file.name]))
}
