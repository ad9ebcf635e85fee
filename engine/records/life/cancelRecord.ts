import { randomUUID } from 'node:crypto'
import { can, mayDo } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { followOrders, nextOrder } from '../../order.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { hasBegun, joinTimeline, todayOf } from '../timeline/timeline.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'
import { lastLine } from '../writing/recordLine.ts'
import { staleError } from '../rights/staleError.ts'

/** The right, and the key of its button. */
export const CANCEL = 'cancel'

/** May this actor cancel the record now? It has not begun, and its entity lets it. */
export async function mayCancel(ctx: Ctx, entity: EntityInPack, record: RecordDoc): Promise<boolean> {
  if (!entity.definition['x-effective']?.cancel || !(await can(ctx, entity.key, CANCEL))) return false
  return isAhead(ctx, entity, record) && mayDo(ctx, entity, CANCEL, { ...record.data, id: record._id })
}

function isAhead(ctx: Ctx, { definition }: EntityInPack, record: RecordDoc): boolean {
  return record.effective?.counts === true && !hasBegun(definition, record, todayOf(ctx))
}

/**
 * Takes what has not begun yet off its timeline, for a reason. It stays in the list as cancelled, and its day is free
 * again. 404 unknown, 403 without the right, 409 `message.not-expected` once it has begun or is cancelled, 422 without a
 * reason.
 */
export async function cancelRecord(
  ctx: Ctx,
  input: { entity: string; id: string; reason: string },
): Promise<{ title: string }> {
  const entity = await entityOf(ctx, input.entity)
  const cancel = entity.definition['x-effective']?.cancel
  if (!cancel) throw new CauceError('thing.not-found')
  const reason = input.reason.trim()
  await ctx.transaction(async (db) => {
    const record = await visibleRecord(ctx, db, entity, input.id)
    const data = { ...record.data, id: record._id }
    if (!(await can(ctx, entity.key, CANCEL)) || !mayDo(ctx, entity, CANCEL, data))
      throw new CauceError('access.denied')
    if (!isAhead(ctx, entity, record)) throw new CauceError('message.not-expected')
    if (reason === '') {
      const issue = { path: 'reason', rule: 'required', params: {}, message: 'Escriba el motivo.', level: 'error' }
      throw new CauceError('form.invalid', {}, { issues: [{ ...issue, level: 'error' as const }] })
    }
    const now = ctx.clock.now()
    const cancelled = { at: now, by: ctx.actor.id, byName: ctx.actor.name, reason }
    const after: RecordDoc = { ...record, effective: { counts: false, until: null, cancelled } }
    const order = followOrders(ctx, db, record, await lastLine(db, entity.key, record._id))
    const matched = await db.records(entity.key).updateOne(
      { _id: record._id, revision: record.revision },
      {
        $set: { order, effective: after.effective, updatedAt: now, updatedBy: ctx.actor.id },
        $inc: { revision: 1 },
      },
    )
    if (matched === 0) throw await staleError(ctx, db, entity, record._id)
    await joinTimeline(db, entity, record, after)
    await db.history.insert({
      ...{ _id: randomUUID(), at: now, sequence: nextOrder(ctx, db), record: { entity: entity.key, id: record._id } },
      ...{ instance: null, kind: 'changed', actor: ctx.actor.id, actorName: ctx.actor.name, changes: [], files: [] },
      ...{ text: `${cancel.title}: ${reason}`, outbox: null, audience: 'all' },
    })
    await writeAudit(ctx, db, {
      action: 'record.cancelled',
      entity: entity.key,
      record: record._id,
      label: record.label,
      details: { reason },
    })
  })
  return { title: cancel.title }
}
