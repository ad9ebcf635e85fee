import type { JsonObject } from '#forms'
import type { AdvanceResult } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { outboxRow } from '../outboxRow.ts'
import type { Db, InstanceDoc } from '../persistence/index.ts'
import { cancelInstance } from './cancelInstance.ts'

/**
 * What a step leaves for jobs, in its transaction: service tasks, called processes, and the end of a called process for
 * its caller. Work that nothing waits for any more is cancelled.
 */
export async function syncWork(
  ctx: Ctx,
  db: Db,
  input: { instance: InstanceDoc; result: AdvanceResult },
): Promise<void> {
  const { instance, result } = input
  const { _id: id, record } = instance
  const calls = result.waits.filter((wait) => wait.kind === 'call')
  const open = new Set([...result.openJobs, ...calls.map((call) => call.executionId)])
  const before = [
    ...(instance.jobs ?? []),
    ...instance.waits.filter((wait) => wait.kind === 'call').map((wait) => wait.executionId),
  ]
  if (before.some((id) => !open.has(id))) await cancelAbandoned(ctx, db, instance, open)
  await db.outbox.insertMany(
    result.jobs.map((job) =>
      outboxRow(ctx, 'service', { ...job }, { record, instance: id, executionId: job.executionId }),
    ),
  )
  const known = new Set(instance.waits.map((wait) => wait.executionId))
  for (const { executionId, call } of calls) {
    if (call && !known.has(executionId))
      await db.outbox.insert(outboxRow(ctx, 'call', { ...call }, { record, instance: id, executionId }))
  }
  if (result.status === 'completed' && instance.parent) {
    const answer: JsonObject = result.error
      ? { error: { code: result.error.code, message: result.error.message } }
      : { result: result.vars }
    await db.outbox.insert(outboxRow(ctx, 'return', answer, { record, ...instance.parent }))
  }
}

async function cancelAbandoned(ctx: Ctx, db: Db, instance: InstanceDoc, open: Set<string>): Promise<void> {
  const pending = await db.outbox.find({
    instance: instance._id,
    kind: { $in: ['service', 'call'] },
    status: 'pending',
  })
  const gone = pending
    .filter((work) => work.executionId !== null && !open.has(work.executionId))
    .map((work) => work._id)
  if (gone.length > 0)
    await db.outbox.updateMany({ _id: { $in: gone } }, { $set: { status: 'cancelled', doneAt: ctx.clock.now() } })
  const waited = instance.waits.filter((wait) => wait.kind === 'call' && !open.has(wait.executionId))
  for (const { executionId } of waited) {
    const child = await db.instances.findOne({
      'parent.instance': instance._id,
      'parent.executionId': executionId,
      status: 'running',
    })
    if (child) await cancelInstance(ctx, db, child, 'Ya no hace falta')
  }
}
