import type { RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { demand, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { startingProcess } from '../entity/startingProcess.ts'
import { recordView } from '../reading/recordViews.ts'
import { takeFields } from '../writing/takeFields.ts'
import { writeRecord } from '../writing/writeRecord.ts'

export interface CreateRecordInput {
  entity: string
  data: JsonObject
  /** The person saw the warnings and goes on. */
  warned?: boolean
}

/** Creates a record. 404 unknown entity, 403 not allowed, 409 where a process makes the records, 422 with issues. */
export async function createRecord(ctx: Ctx, input: CreateRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  await demand(ctx, entity.key, 'create')
  if (await startingProcess(ctx, entity.key)) throw new CauceError('record.process-only')
  const changes = takeFields(ctx, entity, input.data)
  const record = await ctx.transaction(async (db) => {
    const written = await writeRecord(ctx, db, {
      entity,
      before: null,
      changes,
      by: 'person',
      warned: input.warned ?? false,
    })
    // The row rule holds for what is created too: nobody makes a record that he could not see.
    if (!mayDo(ctx, entity, 'create', { ...written.data, id: written._id })) throw new CauceError('access.denied')
    if (ctx.actor.id) await db.formDrafts.deleteMany({ user: ctx.actor.id, key: `record:${entity.key}:new` })
    return written
  })
  return recordView(ctx, entity, record)
}
