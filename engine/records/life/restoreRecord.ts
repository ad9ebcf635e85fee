import type { RecordView } from '#engine/contract'
import { syncAccount } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { markRecord } from './markRecord.ts'
import { recordInHand, type RecordAddress } from '../rights/recordInHand.ts'
import { joinTimeline } from '../timeline/joinTimeline.ts'
import { findDuplicates } from '../unique/index.ts'
import { recordView } from '../reading/recordViews.ts'
import { renewFollowers } from '../writing/writeRecord.ts'

export interface RestoreRecordInput extends RecordAddress {
  entity: string
}

/** Brings a deleted record back, for those who may delete. 422 where its unique values are taken by now. */
export async function restoreRecord(ctx: Ctx, input: RestoreRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  const record = await ctx.transaction(async (db) => {
    const before = await recordInHand(ctx, db, entity, input, 'delete', { deleted: true })
    if (before.deletedAt === null) return before
    const taken = await findDuplicates(ctx, db, { entity, id: before._id, data: before.data, before: null })
    const issues = taken.filter(({ level }) => level === 'error')
    if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
    const mark = { text: 'Recuperó el registro', action: 'record.restored', reason: null }
    const after = await markRecord(ctx, db, entity, before, { ...mark, set: { deletedAt: null } })
    await joinTimeline(db, entity, before, after)
    await syncAccount(ctx, db, entity, after, before)
    return renewFollowers(ctx, db, { entity: entity.key, before: null, after, changed: new Set() })
  })
  return recordView(ctx, entity, record)
}
