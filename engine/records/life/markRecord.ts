import { randomUUID } from 'node:crypto'
import type { JsonObject } from '#forms'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { followOrders, nextOrder } from '../../order.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { lastLine } from '../writing/recordLine.ts'
import { staleError } from '../rights/staleError.ts'

export interface Mark {
  set: Partial<Pick<RecordDoc, 'deletedAt' | 'inactiveAt'>>
  /** A sentence for the history. */
  text: string
  /** Of the audit row: `record.deleted` … */
  action: string
  reason: string | null
  details?: JsonObject
}

/** Changes what a record is, not what it says: deleted, inactive … History and audit with it. 412 when it moved. */
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
  await db.history.insert({
    _id: randomUUID(),
    at: now,
    sequence: nextOrder(ctx, db),
    record: { entity: entity.key, id: record._id },
    instance: null,
    kind: 'changed',
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    text: mark.reason ? `${mark.text}: ${mark.reason}` : mark.text,
    changes: [],
    files: [],
    outbox: null,
    audience: 'staff',
  })
  await writeAudit(ctx, db, {
    action: mark.action,
    entity: entity.key,
    record: record._id,
    label: record.label,
    details: { reason: mark.reason, ...mark.details },
  })
  return { ...record, ...set, revision: record.revision + 1 }
}
