import { pluralTitle } from '#definitions'
import type { CatalogUsageView } from '#engine/contract'
import type { FormSchema, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { packsOf } from '../../packs/index.ts'
import { catalogOf } from '../../records/index.ts'
import { editableCatalog } from './catalogAccess.ts'

/** What holds a row: fields of records of every kind, also in sub-lists, and rows of other catalogues. 403, 404. */
export async function catalogUsage(ctx: Ctx, name: string, key: string): Promise<CatalogUsageView> {
  const { catalog } = await editableCatalog(ctx, name)
  if (!catalog.rows.some((row) => String(row[catalog.key]) === key)) throw new CauceError('thing.not-found')
  const uses: CatalogUsageView['uses'] = []
  for (const { pack } of await packsOf(ctx).all(ctx)) {
    for (const [entity, definition] of Object.entries(pack.entities)) {
      for (const { path, title } of fieldsOf(definition, name)) {
        // What was deleted can be brought back: it counts.
        const count = await ctx.db.records(entity).count({ [`data.${path}`]: key })
        if (count > 0) uses.push({ kind: pluralTitle(definition), field: title, count })
      }
    }
    for (const other of Object.values(pack.catalogs)) {
      for (const { path, title } of fieldsOf({ properties: other.columns }, name)) {
        const count = other.rows.filter((row: JsonObject) => row[path] === key).length
        if (count > 0) uses.push({ kind: other.title, field: title, count })
      }
    }
  }
  return { total: uses.reduce((sum, { count }) => sum + count, 0), uses }
}

/** Fields that hold keys of a catalogue, at any depth; a path leads through lists. */
function fieldsOf(schema: FormSchema, catalog: string, at = ''): { path: string; title: string }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = at === '' ? name : `${at}.${name}`
    const inner = property.items ?? property
    const holds = [property, inner].some((one) => catalogOf(one)?.catalog === catalog)
    return [...(holds ? [{ path, title: property.title ?? name }] : []), ...fieldsOf(inner, catalog, path)]
  })
}
