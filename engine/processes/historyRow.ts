import { randomUUID } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { nextOrder } from '../order.ts'
import type { Db, HistoryDoc, InstanceDoc } from '../persistence/index.ts'

/** One line of a case's history; it belongs to the record the case is about. */
export function historyRow(
  ctx: Ctx,
  db: Db,
  instance: Pick<InstanceDoc, '_id' | 'record'>,
  kind: HistoryDoc['kind'],
  text: string,
  extra: Partial<HistoryDoc> = {},
): HistoryDoc {
  const at = ctx.clock.now()
  return {
    _id: randomUUID(),
    at,
    sequence: nextOrder(ctx, db),
    record: instance.record,
    instance: instance._id,
    kind,
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    text,
    changes: [],
    files: [],
    outbox: null,
    audience: 'all',
    ...extra,
  }
}
