import type { Ctx } from '../context.ts'
import { followOrders } from '../order.ts'
import type { Db, HistoryDoc } from '../persistence/index.ts'
import { historyRow } from './historyRow.ts'

/** A line in the history of a case that no step writes: it comes after all that was written before, by any server. */
export async function noteOnCase(
  ctx: Ctx,
  db: Db,
  id: string,
  line: { kind: HistoryDoc['kind']; text: string; audience?: HistoryDoc['audience'] },
): Promise<void> {
  const instance = await db.instances.get(id)
  if (!instance) return
  await keepOrder(ctx, db, instance)
  const { kind, text, audience = 'all' } = line
  await db.history.insert(historyRow(ctx, db, instance, kind, text, { audience }))
}

/** To be called before lines are written about a case outside of its steps. */
export async function keepOrder(ctx: Ctx, db: Db, instance: { _id: string; order?: number }): Promise<void> {
  const order = followOrders(ctx, db, instance)
  await db.instances.updateOne({ _id: instance._id }, { $max: { order } })
}
