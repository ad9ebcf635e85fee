import type { AuditChangeView } from '#engine/contract'
import type { FormSchema, Json } from '#forms'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import type { AuditDoc } from '../persistence/index.ts'
import { catalogTitles, fileOf, labelsById, plainValue, referenceOf, type Names } from '../records/index.ts'
import { anonymisedIn, TAKEN_AWAY } from './anonymised.ts'

const HIDDEN = '(sin permiso para verlo)'

/** Before and after of each row's fields, in plain words. Values of fields this actor may not read are hidden. */
export async function auditChanges(ctx: Ctx, rows: AuditDoc[]): Promise<Map<string, AuditChangeView[]>> {
  const entities = new Map<string, EntityInPack | null>()
  for (const { entity } of rows)
    if (entity && !entities.has(entity)) entities.set(entity, await entityOf(ctx, entity).catch(() => null))
  const names = await namesIn(ctx, rows, entities)
  const takenAway = await anonymisedIn(ctx, rows)
  const { timeZone } = ctx.config
  return new Map(
    rows.map((row) => {
      const entity = row.entity ? entities.get(row.entity) : null
      const read = entity ? fieldRights(ctx, entity).read : null
      const changes = row.changes.map(({ field, before, after }): AuditChangeView => {
        const schema = entity?.definition.properties[field]
        const isTakenAway = takenAway.has(row.record ?? '') && (!schema || schema['x-personal'] !== undefined)
        const show = (value: Json): string =>
          isTakenAway
            ? TAKEN_AWAY
            : read && schema && !read.has(field)
              ? HIDDEN
              : plainValue(schema, value, names(entity), timeZone)
        return { field, title: schema?.title ?? field, before: show(before), after: show(after) }
      })
      return [row._id, changes]
    }),
  )
}

async function namesIn(
  ctx: Ctx,
  rows: AuditDoc[],
  entities: Map<string, EntityInPack | null>,
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
  for (const row of rows) {
    const properties = row.entity ? entities.get(row.entity)?.definition.properties : undefined
    for (const { field, before, after } of row.changes)
      for (const value of [before, after]) note(properties?.[field], value)
  }
  const names = new Map<string, Map<string, string>>()
  for (const [target, ids] of wanted)
    names.set(target, target ? await labelsById(ctx, target, [...ids]) : await fileNames(ctx, ids))
  return (entity) => ({
    records: (target) => names.get(target),
    rows: (catalog) => (entity ? catalogTitles(entity, catalog) : undefined),
  })
}

async function fileNames(ctx: Ctx, ids: Set<string>): Promise<Map<string, string>> {
  const files = await ctx.db.fileInfos.find({ _id: { $in: [...ids] } }, { fields: ['name'] })
  return new Map(files.map((file) => [file._id, file.name]))
}
