import { mayDo, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'

/**
 * The record, if this actor may read it; else 404, as for one that does not exist. A deleted one only where it is asked
 * for, and for those who could have deleted it.
 */
export async function visibleRecord(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  id: string,
  options: { deleted?: boolean } = {},
): Promise<RecordDoc> {
  const filter = rowFilter(ctx, entity, 'read')
  const state = options.deleted ? {} : { deletedAt: null }
  const record = filter && (await db.records(entity.key).findOne({ $and: [filter, { _id: id, ...state }] }))
  const isHidden = record?.deletedAt && !mayDo(ctx, entity, 'delete', { ...record.data, id })
  if (!record || isHidden) throw new CauceError('thing.not-found')
  return record
}
