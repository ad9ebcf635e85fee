import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { nextOrder } from '../../order.ts'
import type { Db, HistoryDoc } from '../../persistence/index.ts'

/** One line of the history of a record or of a case, said by whoever acts, now. */
export function historyLine(
  ctx: Ctx,
  db: Db,
  about: Pick<HistoryDoc, 'record' | 'instance'>,
  kind: HistoryDoc['kind'],
  text: string,
  extra: Partial<HistoryDoc> = {},
): HistoryDoc {
  return {
    _id: randomUUID(),
    at: ctx.clock.now(),
    sequence: nextOrder(ctx, db),
    record: about.record,
    instance: about.instance,
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
