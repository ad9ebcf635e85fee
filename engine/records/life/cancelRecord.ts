import { mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError, readReason } from '../../errors.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'
import { joinTimeline } from '../timeline/joinTimeline.ts'
import { hasBegun, todayOf } from '../timeline/timeline.ts'
import { markRecord } from './markRecord.ts'

/** The right, and the key of its button. */
export const CANCEL = 'cancel'

/** May this actor cancel the record now? It has not begun, and its entity lets it. */
export function mayCancel(ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean {
  return (
    entity.definition['x-effective']?.cancel !== undefined &&
    isAhead(ctx, entity, record) &&
    hasRight(ctx, entity, record)
  )
}

const hasRight = (ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean =>
  mayDo(ctx, entity, CANCEL, { ...record.data, id: record._id })

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
  await ctx.transaction(async (db) => {
    const record = await visibleRecord(ctx, db, entity, input.id)
    if (!hasRight(ctx, entity, record)) throw new CauceError('access.denied')
    if (!isAhead(ctx, entity, record)) throw new CauceError('message.not-expected')
    const reason = readReason(input.reason, true)
    const cancelled = { at: ctx.clock.now(), by: ctx.actor.id, byName: ctx.actor.name, reason }
    const after = await markRecord(ctx, db, entity, record, {
      set: { effective: { counts: false, until: null, cancelled } },
      ...{ text: cancel.title, action: 'record.cancelled', reason, audience: 'all' },
    })
    await joinTimeline(db, entity, record, after)
  })
  return { title: cancel.title }
}
