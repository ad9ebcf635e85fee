import type { Ctx } from '../../context.ts'
import { entityOf, packsOf } from '../../packs/index.ts'
import { writeRecord } from '../writing/writeRecord.ts'

/**
 * The records that every installation begins with (`seeds/`), written as the installation's own. An entity that has, or
 * had, any record is left alone: what people removed does not come back.
 */
export async function loadSeeds(ctx: Ctx): Promise<void> {
  for (const { pack } of await packsOf(ctx).all(ctx)) {
    for (const [key, { records, incomplete }] of Object.entries(pack.seeds)) {
      const entity = await entityOf(ctx, key)
      await ctx.transaction(async (db) => {
        if ((await db.records(key).count({}, 1)) > 0) return
        for (const changes of records)
          await writeRecord(ctx, db, { entity, before: null, changes, by: 'process', incomplete })
      })
    }
  }
}
