import type { JsonObject } from '#forms'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { followOrders } from '../../order.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, HistoryDoc, RecordDoc } from '../../persistence/index.ts'
import { historyLine } from '../writing/historyLine.ts'
import { lastLine } from '../writing/recordLine.ts'
import { staleError } from '../rights/staleError.ts'

export interface Mark {
  set: Partial<Pick<RecordDoc, 'deletedAt' | 'inactiveAt' | 'effective'>>
  /** A sentence for the history. */
  text: string
  /** Of the audit row: `record.deleted` … */
  action: string
  reason: string | null
  details?: JsonObject
  /** Who reads the sentence; staff, unless told. */
  audience?: HistoryDoc['audience']
}

/** Changes what a record is, not what it says: deleted, inactive, cancelled … History and audit with it. 412 when it moved. */
export async function markRecord(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  record: RecordDoc,
  mark: Mark,
): Promise<RecordDoc> {
  const now = ctx.clock.now()
  const order = followOrders(ctx, db, record, await lastLine(db, entity.key, record._id))
  const set = { ...mark.set, order, updatedAt: now, updatedBy: ctx.actor.id }
  const matched = await db
    .records(entity.key)
    .updateOne({ _id: record._id, revision: record.revision }, { $set: set, $inc: { revision: 1 } })
  if (matched === 0) throw await staleError(ctx, db, entity, record._id)
  const about = { record: { entity: entity.key, id: record._id }, instance: null }
  const text = mark.reason ? `${mark.text}: ${mark.reason}` : mark.text
  await db.history.insert(historyLine(ctx, db, about, 'changed', text, { audience: mark.audience ?? 'staff' }))
  await writeAudit(ctx, db, {
    action: mark.action,
    entity: entity.key,
    record: record._id,
    label: record.label,
    details: { reason: mark.reason, ...mark.details },
  })
  return { ...record, ...set, revision: record.revision + 1 }
}
