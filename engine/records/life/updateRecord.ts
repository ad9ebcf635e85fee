import type { RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { takeFields } from '../writing/takeFields.ts'
import { recordInHand } from '../rights/recordInHand.ts'
import { recordView } from '../reading/recordViews.ts'
import { writeRecord } from '../writing/writeRecord.ts'

export interface UpdateRecordInput {
  entity: string
  id: string
  /** Revision the person saw (If-Match); null when he did not say. */
  revision: number | null
  data: JsonObject
  /** The person saw the warnings and goes on. */
  warned?: boolean
}

/** Changes fields of a record. 428 without revision, 412 when it moved, 403, 404, 422 with issues. */
export async function updateRecord(ctx: Ctx, input: UpdateRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  const record = await ctx.transaction(async (db) => {
    const before = await recordInHand(ctx, db, entity, input, 'edit')
    const changes = takeFields(ctx, entity, input.data, before.data)
    const after = await writeRecord(ctx, db, { entity, before, changes, by: 'person', warned: input.warned ?? false })
    if (!mayDo(ctx, entity, 'edit', { ...after.data, id: after._id })) throw new CauceError('access.denied')
    if (ctx.actor.id) await db.formDrafts.deleteMany({ user: ctx.actor.id, key: `record:${entity.key}:${input.id}` })
    return after
  })
  return recordView(ctx, entity, record)
}
