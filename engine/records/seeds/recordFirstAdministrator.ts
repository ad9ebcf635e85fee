import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { packsOf, type EntityInPack } from '../../packs/index.ts'
import { catalogOf } from '../schema/annotations.ts'
import { writeRecord } from '../writing/writeRecord.ts'

/**
 * Gives the account that an installation begins with its record, so that it stands among the other people and can be
 * completed, changed and deactivated like them. Nothing happens where no entity has accounts with roles of one's choice.
 */
export async function recordFirstAdministrator(ctx: Ctx, email: string | null): Promise<void> {
  if (email === null) return
  const user = await ctx.db.users.findOne({ email: email.trim().toLowerCase() })
  const entity = user && !user.record ? await entityOfPeople(ctx, user.roles) : null
  const account = entity?.definition['x-account']
  if (!user || !entity || typeof account?.roles !== 'string') return
  const changes: JsonObject = {
    ...constantsOf(entity),
    [account.email]: user.email,
    [account.roles]: user.roles,
  }
  await ctx.transaction(async (db) => {
    await writeRecord(ctx, db, { entity, before: null, id: user._id, changes, by: 'process' })
    await db.users.updateOne({ _id: user._id }, { $set: { record: { entity: entity.key, id: user._id } } })
  })
}

/** What a form would propose: nobody fills one here. */
function constantsOf({ definition }: EntityInPack): JsonObject {
  return Object.fromEntries(
    Object.entries(definition.properties).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    ),
  )
}

/** The entity whose records are people who may be given these roles. */
async function entityOfPeople(ctx: Ctx, held: string[]): Promise<EntityInPack | null> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { entities, catalogs } = installed.pack
    for (const [key, definition] of Object.entries(entities)) {
      const roles = definition['x-account']?.roles
      const items = typeof roles === 'string' ? definition.properties[roles]?.items : undefined
      const offered = catalogs[catalogOf(items)?.catalog ?? '']?.rows.map((row) => row.key) ?? []
      if (held.every((role) => offered.includes(role))) return { key, definition, installed }
    }
  }
  return null
}
