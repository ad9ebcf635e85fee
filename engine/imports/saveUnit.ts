import type { Issue, JsonObject } from '#forms'
import { demand, demandStep, mayDo } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db, RecordDoc } from '../persistence/index.ts'
import { takeFields, writeRecord, type RecordBatch } from '../records/index.ts'
import type { FindExisting } from './findExisting.ts'

export interface SavedUnit {
  outcome: 'new' | 'changed' | 'same'
  record: RecordDoc
}

/** What rows that are saved one after the other share. */
export interface UnitsTogether {
  existing: FindExisting
  batch: RecordBatch
}

/**
 * Writes one record of a sheet in the given transaction, as a person would by the form: the same rights, checks, code,
 * history and audit; in a dry batch nothing is written. Throws what a form is told: 422 `form.invalid` and `form.warned`
 * with issues, 403.
 */
export async function saveUnit(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  data: JsonObject,
  { existing, batch, warned }: UnitsTogether & { warned: boolean | ((warnings: Issue[]) => void) },
): Promise<SavedUnit> {
  const known = existing(data)
  // A row before this one may have changed what the record holds of others.
  const before = known && !batch.isDry ? await db.records(entity.key).get(known._id) : known
  const action = before ? 'edit' : 'create'
  await demand(ctx, entity.key, action)
  if (before) {
    if (!mayDo(ctx, entity, 'edit', { ...before.data, id: before._id })) throw new CauceError('access.denied')
    await demandStep(ctx, db, { entity: entity.key, id: before._id }, 'edit')
  }
  const changes = takeFields(ctx, entity, data, before?.data)
  const record = await writeRecord(ctx, db, { entity, before, changes, by: 'person', warned, batch })
  if (!mayDo(ctx, entity, action, { ...record.data, id: record._id })) throw new CauceError('access.denied')
  return { outcome: before ? (record === before ? 'same' : 'changed') : 'new', record }
}
