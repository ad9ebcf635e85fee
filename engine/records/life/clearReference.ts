import type { Json, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { Db } from '../../persistence/index.ts'
import type { Dependent } from './findDependents.ts'
import { writeRecord } from '../writing/writeRecord.ts'

/** Empties the place of a record that refers to what is deleted (`onDelete: "clear"`). */
export async function clearReference(ctx: Ctx, db: Db, dependent: Dependent, gone: string[]): Promise<void> {
  const { entity, place } = dependent
  // Another place of the same record may just have been emptied: the newest state counts.
  const before = await db.records(entity.key).get(dependent.record._id)
  const [field = '', ...rest] = place.path.split('.')
  if (!before) return
  const changes: JsonObject = { [field]: without(before.data[field] ?? null, rest, new Set(gone)) }
  await writeRecord(ctx, db, { entity, before, changes, by: 'process' })
}

function without(value: Json, path: string[], gone: Set<string>): Json {
  if (Array.isArray(value))
    return value.map((item) => without(item, path, gone)).filter((item) => path.length > 0 || item !== null)
  const [name, ...rest] = path
  if (name === undefined) return typeof value === 'string' && gone.has(value) ? null : value
  if (value === null || typeof value !== 'object') return value
  return { ...value, [name]: without(value[name] ?? null, rest, gone) }
}
