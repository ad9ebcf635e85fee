import type { EntityDefinition } from '#definitions'
import type { Ctx } from '../context.ts'
import type { RecordDoc } from '../persistence/index.ts'
import { listKeysOf, listRules } from './listKeys.ts'

const BATCH = 500

/**
 * Gives the records of an entity the keys that its list asks for, where they have none or those of another definition.
 * In batches: what is done stays done, whenever it stops. A record that somebody writes meanwhile is left to him.
 */
export async function renewListKeys(ctx: Ctx, entity: string, definition: EntityDefinition): Promise<void> {
  const records = ctx.db.records(entity)
  const wanted = listRules(definition)
  for (;;) {
    // By the index on `listed`, the first and the last show whether any differs.
    const ends = await Promise.all(
      ([1, -1] as const).map((way) => records.findOne({}, { sort: { listed: way }, fields: ['listed'] })),
    )
    const stale = ends.find((end) => end !== null && end.listed !== wanted)
    if (!stale) return
    const batch = await records.find(
      { listed: stale.listed ?? null },
      { limit: BATCH, fields: ['data', 'aliases', 'revision'] },
    )
    await Promise.all(batch.map((record) => renew(ctx, entity, definition, record)))
  }
}

async function renew(ctx: Ctx, entity: string, definition: EntityDefinition, record: RecordDoc): Promise<void> {
  const { _id, revision, data, aliases } = record
  await ctx.db.records(entity).updateOne({ _id, revision }, { $set: listKeysOf(definition, data, aliases) })
}
