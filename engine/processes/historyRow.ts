import type { Ctx } from '../context.ts'
import type { Db, HistoryDoc, InstanceDoc } from '../persistence/index.ts'
import { historyLine } from '../records/index.ts'

/** One line of a case's history; it belongs to the record the case is about. */
export function historyRow(
  ctx: Ctx,
  db: Db,
  { _id, record }: Pick<InstanceDoc, '_id' | 'record'>,
  kind: HistoryDoc['kind'],
  text: string,
  extra?: Partial<HistoryDoc>,
): HistoryDoc {
  return historyLine(ctx, db, { record, instance: _id }, kind, text, extra)
}
