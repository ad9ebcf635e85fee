import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { followOrders } from '../order.ts'
import { outboxRow } from '../outboxRow.ts'
import type { Db, InstanceDoc } from '../persistence/index.ts'
import { historyRow } from './historyRow.ts'
import { RevisionMoved } from './RevisionMoved.ts'

/**
 * Ends a case without going on: its tasks, timers and pending work with it, and the cases it called. `tellCaller`: the
 * case that called it gets the error `CANCELLED`, which a boundary event may catch, and does not wait for ever.
 */
export async function cancelInstance(
  ctx: Ctx,
  db: Db,
  instance: InstanceDoc,
  reason: string,
  { tellCaller = false } = {},
): Promise<void> {
  const now = ctx.clock.now()
  const order = followOrders(ctx, db, instance)
  const matched = await db.instances.updateOne(
    { _id: instance._id, revision: instance.revision },
    { $set: { status: 'cancelled', order, state: null, waits: [], endedAt: now, revision: instance.revision + 1 } },
  )
  if (matched === 0) throw new RevisionMoved()
  await db.tasks.updateMany(
    { instance: instance._id, status: 'open' },
    { $set: { status: 'cancelled', completedAt: now } },
  )
  await db.timers.deleteMany({ instance: instance._id })
  await db.outbox.updateMany(
    { instance: instance._id, kind: { $in: ['service', 'call'] }, status: 'pending' },
    { $set: { status: 'cancelled', doneAt: now } },
  )
  await db.history.insert(historyRow(ctx, db, instance, 'ended', `Trámite detenido: ${reason}`))
  await writeAudit(ctx, db, {
    action: 'process.cancelled',
    thing: instance.process,
    entity: instance.record?.entity ?? null,
    record: instance.record?.id ?? null,
    instance: instance._id,
    details: { reason },
  })
  if (tellCaller && instance.parent) {
    const caller = { record: instance.record, ...instance.parent }
    await db.outbox.insert(outboxRow(ctx, 'return', { error: { code: 'CANCELLED', message: reason } }, caller))
  }
  for (const child of await db.instances.find({ 'parent.instance': instance._id, status: 'running' })) {
    await cancelInstance(ctx, db, child, reason)
  }
}
