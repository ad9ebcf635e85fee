import type { JsonObject } from '#forms'
import { demand, demandStep, mayDo, rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db, Filter, RecordDoc } from '../persistence/index.ts'
import { takeFields, writeRecord } from '../records/index.ts'
import { importKeys } from './importTargets.ts'

export interface SavedUnit {
  outcome: 'new' | 'changed' | 'same'
  record: RecordDoc
}

/**
 * Writes one record of a sheet in the given transaction, as a person would by the form: the same rights, checks, code,
 * history and audit. Throws what a form is told: 422 `form.invalid` with issues, 403.
 */
export async function saveUnit(ctx: Ctx, db: Db, entity: EntityInPack, data: JsonObject): Promise<SavedUnit> {
  const before = await findExisting(ctx, db, entity, data)
  const action = before ? 'edit' : 'create'
  await demand(ctx, entity.key, action)
  if (before) {
    if (!mayDo(ctx, entity, 'edit', { ...before.data, id: before._id })) throw new CauceError('access.denied')
    await demandStep(ctx, db, { entity: entity.key, id: before._id }, 'edit')
  }
  const changes = takeFields(ctx, entity, data, before?.data)
  const record = await writeRecord(ctx, db, { entity, before, changes, by: 'person' })
  if (!mayDo(ctx, entity, action, { ...record.data, id: record._id })) throw new CauceError('access.denied')
  return { outcome: before ? (record === before ? 'same' : 'changed') : 'new', record }
}

/**
 * The record that a row is about: by its code where the row gives one, else by the key of `x-import`. null: a new one.
 * A record that the actor may not see is as good as none: the unique index tells him then, as in the form.
 */
async function findExisting(ctx: Ctx, db: Db, entity: EntityInPack, data: JsonObject): Promise<RecordDoc | null> {
  const keys = importKeys(entity)
  const code = keys.code === null ? null : data[keys.code]
  if (typeof code === 'string') {
    const found = await findVisible(ctx, db, entity, { $or: [{ [`data.${keys.code}`]: code }, { aliases: code }] })
    if (!found) throw refused(keys.code!, `No existe ningún registro con el código ${code}`)
    return found
  }
  const values = keys.fields.map((name) => data[name] ?? null)
  if (values.length === 0 || values.includes(null)) return null
  return findVisible(ctx, db, entity, Object.fromEntries(keys.fields.map((name) => [`data.${name}`, data[name]])))
}

async function findVisible(ctx: Ctx, db: Db, entity: EntityInPack, named: Filter): Promise<RecordDoc | null> {
  const rows = rowFilter(ctx, entity, 'read')
  if (rows === null) return null
  const found = await db.records(entity.key).find({ $and: [rows, { deletedAt: null }, named] }, { limit: 2 })
  if (found.length > 1) throw refused('', 'Hay varios registros con esta clave')
  return found[0] ?? null
}

function refused(path: string, message: string): CauceError {
  const issue = { path, rule: 'import', params: {}, message, level: 'error' as const }
  return new CauceError('form.invalid', {}, { issues: [issue] })
}
