import type { AuditChangeView } from '#engine/contract'
import type { Json } from '#forms'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import type { AuditDoc } from '../persistence/index.ts'
import { plainValue, valueNames } from '../records/index.ts'
import { anonymisedIn, TAKEN_AWAY } from './anonymised.ts'

const HIDDEN = '(sin permiso para verlo)'

/** Before and after of each row's fields, in plain words. Values of fields this actor may not read are hidden. */
export async function auditChanges(ctx: Ctx, rows: AuditDoc[]): Promise<Map<string, AuditChangeView[]>> {
  const entities = new Map<string, EntityInPack | null>()
  for (const { entity } of rows)
    if (entity && !entities.has(entity)) entities.set(entity, await entityOf(ctx, entity).catch(() => null))
  const names = await valueNames(
    ctx,
    rows.flatMap((row) => {
      const properties = row.entity ? entities.get(row.entity)?.definition.properties : undefined
      return row.changes.flatMap(({ field, before, after }) =>
        [before, after].map((value) => ({ schema: properties?.[field], value })),
      )
    }),
  )
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
