import type { JsonObject } from '#forms'
import { as, systemActor, type Ctx } from '../../context.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { affected, renew, type Renewal } from './renewComputed.ts'
import { writeRecord } from './writeRecord.ts'

const BATCH = 100

/** The job of a change that many records follow: in batches, each kept when it is done. It may run again. */
export async function renewQueued(ctx: Ctx, payload: JsonObject): Promise<void> {
  const way = payload as unknown as Renewal
  const system = as(ctx, systemActor)
  let last: string | null = null
  for (;;) {
    const done: RecordDoc[] = await ctx.transaction(async (db) => {
      const found = await affected(db, way, last, BATCH)
      await renew(system, way, found, (entity, before, historyText) =>
        writeRecord(system, db, { entity, before, changes: {}, by: 'process', historyText }),
      )
      return found
    })
    last = done.at(-1)?._id ?? null
    if (done.length < BATCH) return
  }
}
