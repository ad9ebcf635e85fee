import type { JsonObject } from '#forms'
import { rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db, Filter, RecordDoc } from '../persistence/index.ts'
import { importKeys } from './importTargets.ts'

/** The record that a row is about; null: a new one. Throws what the row is told: 422 `form.invalid`. */
export type FindExisting = (data: JsonObject) => RecordDoc | null

/**
 * Finds the records that rows are about, all at once: by its code where a row gives one, else by the key of `x-import`.
 * A record that the actor may not see is as good as none: the unique index tells him then, as in the form.
 */
export async function findExisting(ctx: Ctx, db: Db, entity: EntityInPack, rows: JsonObject[]): Promise<FindExisting> {
  const { code, fields } = importKeys(entity)
  const codeOf = (data: JsonObject): string | null => {
    const value = code === null ? null : data[code]
    return typeof value === 'string' ? value : null
  }
  const keyOf = (data: JsonObject): string | null => {
    const values = fields.map((name) => data[name] ?? null)
    return values.length === 0 || values.includes(null) ? null : JSON.stringify(values)
  }
  const codes = rows.map(codeOf).filter((value) => value !== null)
  const byKey = rows.filter((data) => codeOf(data) === null && keyOf(data) !== null)
  const byCode = new Map<string, RecordDoc[]>()
  for (const record of await visible(ctx, db, entity, codes.length > 0 && codesIn(code!, codes)))
    for (const value of new Set([record.data[code!], ...record.aliases])) add(byCode, String(value), record)
  const known = new Map<string, RecordDoc[]>()
  for (const record of await visible(ctx, db, entity, byKey.length > 0 && valuesIn(fields, byKey)))
    add(known, keyOf(record.data) ?? '', record)
  return (data) => {
    const given = codeOf(data)
    const found = given === null ? known.get(keyOf(data) ?? '\u0000') : byCode.get(given)
    if (given !== null && !found) throw refused(code!, `No existe ningún registro con el código ${given}`)
    if (found && found.length > 1) throw refused('', 'Hay varios registros con esta clave')
    return found?.[0] ?? null
  }
}

const codesIn = (code: string, codes: string[]): Filter => ({
  $or: [{ [`data.${code}`]: { $in: codes } }, { aliases: { $in: codes } }],
})

const valuesIn = (fields: string[], rows: JsonObject[]): Filter =>
  Object.fromEntries(fields.map((name) => [`data.${name}`, { $in: [...new Set(rows.map((data) => data[name]))] }]))

async function visible(ctx: Ctx, db: Db, entity: EntityInPack, named: Filter | false): Promise<RecordDoc[]> {
  const rows = rowFilter(ctx, entity, 'read')
  if (rows === null || named === false) return []
  return db.records(entity.key).find({ $and: [rows, { deletedAt: null }, named] })
}

function add(map: Map<string, RecordDoc[]>, key: string, record: RecordDoc): void {
  map.set(key, [...(map.get(key) ?? []), record])
}

function refused(path: string, message: string): CauceError {
  const issue = { path, rule: 'import', params: {}, message, level: 'error' as const }
  return new CauceError('form.invalid', {}, { issues: [issue] })
}
