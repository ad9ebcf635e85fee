import type { PrintedRecordView } from '#engine/contract'
import { contextForRecord, mayDo } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { recordView } from '../reading/recordViews.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'

/**
 * A record to be put on paper, and who does so when: paper leaves the house, so it is a right of its own (`print`) and
 * a row of the audit. 404 what he may not read, 403 without the right.
 */
export async function printRecord(given: Ctx, input: { entity: string; id: string }): Promise<PrintedRecordView> {
  const entity = await entityOf(given, input.entity)
  const ctx = await contextForRecord(given, entity, input.id)
  const record = await visibleRecord(ctx, ctx.db, entity, input.id)
  if (!mayDo(ctx, entity, 'print', { ...record.data, id: record._id })) throw new CauceError('access.denied')
  await writeAudit(ctx, ctx.db, {
    action: 'record.printed',
    entity: entity.key,
    record: record._id,
    label: record.label,
  })
  const view = await recordView(ctx, entity, record)
  return { record: view, printedAt: ctx.clock.now().toISOString(), printedBy: ctx.actor.name }
}
