import type { FormEnvironment, FormSchema, JsonObject } from '#forms'
import { expressionActor } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityOf, settingsOf, type InstalledPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { catalogOf, referenceOf, USER_ENTITY } from './annotations.ts'
import { referenceMentions } from './referenceMentions.ts'

/** Rows behind the references and catalogue fields of a record: field → data with `id`, or null. */
export async function loadReferences(
  ctx: Ctx,
  db: Db,
  installed: InstalledPack,
  properties: Record<string, FormSchema>,
  data: JsonObject,
  hops = 2,
): Promise<Record<string, JsonObject | null>> {
  const result: Record<string, JsonObject | null> = {}
  const mentions = referenceMentions(installed)
  for (const [field, property] of Object.entries(properties)) {
    if (!mentions.fields.has(field)) continue
    const reference = referenceOf(property)
    const catalog = catalogOf(property)
    const value = data[field]
    if (reference)
      result[field] =
        typeof value === 'string'
          ? await loadReferenced(ctx, db, reference.entity, value, hops, mentions.secondHop)
          : null
    else if (catalog) {
      const definition = installed.pack.catalogs[catalog.catalog]
      result[field] =
        (typeof value === 'string' && definition?.rows.find((row) => row[definition.key] === value)) || null
    }
  }
  return result
}

async function loadReferenced(
  ctx: Ctx,
  db: Db,
  entityKey: string,
  id: string,
  hops: number,
  secondHop: boolean,
): Promise<JsonObject | null> {
  if (entityKey === USER_ENTITY) {
    const user = await db.users.get(id)
    return user ? { id: user._id, name: user.name, email: user.email } : null
  }
  const record = await db.records(entityKey).get(id)
  if (!record) return null
  const row: JsonObject = { ...record.data, id }
  const { definition, installed } = await entityOf(ctx, entityKey)
  if (hops > 1 && secondHop) {
    row.ref = await loadReferences(ctx, db, installed, definition.properties, record.data, hops - 1)
  }
  return row
}

/** What form and entity expressions know on this side; the page gets the same as data. */
export async function formEnvironment(
  ctx: Ctx,
  db: Db,
  input: {
    installed: InstalledPack
    properties: Record<string, FormSchema>
    record: (JsonObject & { id: string }) | null
    value: JsonObject
    facts?: JsonObject
  },
): Promise<FormEnvironment> {
  return {
    record: input.record,
    ref: await loadReferences(ctx, db, input.installed, input.properties, input.value),
    facts: input.facts ?? {},
    settings: await settingsOf(ctx, input.installed),
    actor: expressionActor(ctx.actor),
    now: ctx.clock.now(),
    timeZone: ctx.config.timeZone,
    functions: input.installed.functions,
  }
}
