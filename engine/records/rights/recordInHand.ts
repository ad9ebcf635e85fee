import { demandStep, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { staleError } from './staleError.ts'
import { visibleRecord } from './visibleRecord.ts'

/** Which record, and the revision that the person saw (`If-Match`; null when he did not say). */
export interface RecordAddress {
  id: string
  revision: number | null
}

/** The record that this actor is about to do something to. 428 without revision, 404, 403, 412 when it moved. */
export async function recordInHand(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  { id, revision }: RecordAddress,
  action: string,
  options: { deleted?: boolean } = {},
): Promise<RecordDoc> {
  if (revision === null) throw new CauceError('record.revision-required')
  const record = await visibleRecord(ctx, db, entity, id, options)
  if (!mayDo(ctx, entity, action, { ...record.data, id })) throw new CauceError('access.denied')
  await demandStep(ctx, db, { entity: entity.key, id }, action)
  if (record.revision !== revision) throw await staleError(ctx, db, entity, id)
  return record
}
