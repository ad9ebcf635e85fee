import type { ActionResultView } from '#engine/contract'
import { fitsRecord, mayRun } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError, readReason } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import { CANCEL, cancelRecord, visibleRecord } from '../records/index.ts'
import { performAction } from './performAction.ts'

export interface RunActionInput {
  entity: string
  /** Id of the record whose button it is; null for the button of the list. */
  record: string | null
  action: string
  reason?: string
}

/**
 * A person sets off an action of the pack. 404 for one that does not exist, 403 without its right, 409
 * `message.not-expected` where the record does not offer it now, 422 without the reason it asks for.
 */
export async function runAction(ctx: Ctx, input: RunActionInput): Promise<ActionResultView> {
  const entity = await entityOf(ctx, input.entity)
  const actions = entity.installed.pack.manifest.actions ?? {}
  if (input.action === CANCEL && input.record !== null && entity.definition['x-effective']) {
    const { title } = await cancelRecord(ctx, { entity: entity.key, id: input.record, reason: input.reason ?? '' })
    return { message: `${title}: hecho.` }
  }
  const action = Object.hasOwn(actions, input.action) ? actions[input.action] : undefined
  if (action?.entity !== entity.key || (action.on === 'record') !== (input.record !== null))
    throw new CauceError('thing.not-found')
  const record = input.record === null ? null : await visibleRecord(ctx, ctx.db, entity, input.record)
  const data = record && { ...record.data, id: record._id }
  if (!(await mayRun(ctx, entity, input.action, data))) throw new CauceError('access.denied')
  if (!fitsRecord(ctx, action.when, data)) throw new CauceError('message.not-expected')
  const reason = readReason(input.reason, action.reason === true)
  const { message } = await performAction(ctx, { key: input.action, action, entity, record, reason, byPerson: true })
  return { message }
}
