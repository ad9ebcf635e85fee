import { rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db, RecordDoc } from '../persistence/index.ts'

/** The record, if this actor may read it; else 404, as for one that does not exist. */
export async function visibleRecord(ctx: Ctx, db: Db, entity: EntityInPack, id: string): Promise<RecordDoc> {
  const filter = rowFilter(ctx, entity, 'read')
  const record = filter && (await db.records(entity.key).findOne({ $and: [filter, { _id: id, deletedAt: null }] }))
  if (!record) throw new CauceError('thing.not-found')
  return record
}
