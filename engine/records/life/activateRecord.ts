import type { RecordView } from '#engine/contract'
import { syncAccount } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { markRecord } from './markRecord.ts'
import { recordInHand, type RecordAddress } from '../rights/recordInHand.ts'
import { mayInactivate } from '../rights/recordRights.ts'
import { recordView } from '../reading/recordViews.ts'

export interface ActivateRecordInput extends RecordAddress {
  entity: string
  /** False: it is offered nowhere any more, and keeps its history (FM-D-039). */
  active: boolean
  reason?: string
}

/** Makes a record inactive, or active again. Right `inactivate`; already so: nothing happens. */
export async function activateRecord(ctx: Ctx, input: ActivateRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  const record = await ctx.transaction(async (db) => {
    const before = await recordInHand(ctx, db, entity, input, 'inactivate')
    if (!mayInactivate(ctx, entity, before)) throw new CauceError('access.denied')
    if (((before.inactiveAt ?? null) === null) === input.active) return before
    const after = await markRecord(ctx, db, entity, before, {
      set: { inactiveAt: input.active ? null : ctx.clock.now() },
      text: input.active ? 'Activó el registro' : 'Inactivó el registro',
      action: input.active ? 'record.activated' : 'record.inactivated',
      reason: input.reason ?? null,
    })
    await syncAccount(ctx, db, entity, after, before)
    return after
  })
  return recordView(ctx, entity, record)
}
