import type { RecordView } from '#engine/contract'
import type { Issue, JsonObject } from '#forms'
import { mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError, readReason } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { takeFields } from '../writing/takeFields.ts'
import { recordInHand, type RecordAddress } from '../rights/recordInHand.ts'
import { recordView } from '../reading/recordViews.ts'
import { writeRecord } from '../writing/writeRecord.ts'
import { fixedFields } from '../schema/fixedFields.ts'
import { savedForm } from './savedForm.ts'
import { closedFields } from './closedFields.ts'

export interface CorrectRecordInput extends RecordAddress {
  entity: string
  /** Fixed fields (`x-fixed`) only. */
  data: JsonObject
  reason: string
  /** Also what is closed and may be unlocked once. */
  unlock?: boolean
  warned?: boolean
}

/**
 * Changes what is fixed once saved, with a reason that is kept with what it was before (FM-D-034, FM-D-041, FM-D-053).
 * Right `correct`; 422 for a field that is not fixed, or whose correction is closed.
 */
export async function correctRecord(ctx: Ctx, input: CorrectRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  const reason = readReason(input.reason, true)
  const record = await ctx.transaction(async (db) => {
    const before = await recordInHand(ctx, db, entity, input, 'correct')
    const given = takeFields(ctx, entity, input.data, before.data)
    const changes = Object.fromEntries(
      Object.entries(given).filter(
        ([name, value]) => JSON.stringify(before.data[name] ?? null) !== JSON.stringify(value),
      ),
    )
    const fixed = fixedFields(entity)
    const issues = Object.keys(changes)
      .filter((name) => !fixed.includes(name))
      .map((name) => issueAt(name, 'Este dato no se corrige: se modifica.'))
    const { model, environment } = await savedForm(ctx, db, entity, before)
    const closed = closedFields(entity, model, before, environment).filter(({ field }) => field in changes)
    for (const { field, message, unlock } of closed)
      if (!(unlock && input.unlock === true)) issues.push(issueAt(field, message))
    if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
    const titles = Object.keys(changes).map((name) => entity.definition.properties[name]?.title ?? name)
    const after = await writeRecord(ctx, db, {
      ...{ entity, before, changes, by: 'person', warned: input.warned ?? false },
      correction: { reason, unlocked: closed.map(({ field }) => field) },
      historyText: `Corrigió ${titles.join(', ')}: ${reason}`,
    })
    if (!mayDo(ctx, entity, 'correct', { ...after.data, id: after._id })) throw new CauceError('access.denied')
    return after
  })
  return recordView(ctx, entity, record)
}

const issueAt = (path: string, message: string): Issue => ({ path, rule: 'fixed', params: {}, message, level: 'error' })
