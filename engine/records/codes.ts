import { todayIn, type FormSchema, type JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { codeOf } from './annotations.ts'
import { literal } from './filters/textFilter.ts'

const SEQUENCE = /\{seq:(\d+)\}/

/**
 * The code of a record by its pattern: `{field}`, `{catalogue.column}` (through `ref`), `{a|b}` first non-empty, `{year}`
 * of the day in Lima, `{seq:n}` at least n digits. The counter belongs to the rendered code without `{seq}` and is counted
 * in the transaction, so that there is no gap; a new counter starts after the greatest existing code that fits.
 * Returns the current code when its sources did not change; null while a source is empty.
 */
export async function renderCode(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  field: string,
  /** The field's schema with settings resolved. */
  property: FormSchema,
  data: JsonObject,
  ref: Record<string, JsonObject | null>,
  current: string | null,
): Promise<string | null> {
  const pattern = codeOf(property)?.pattern
  if (!pattern) return null
  const year = todayIn(ctx.clock.now(), ctx.config.timeZone).slice(0, 4)
  const missing: string[] = []
  const stem = pattern.replace(/\{([^{}]+)\}/g, (token, name: string) => {
    if (name.startsWith('seq:')) return token
    if (name === 'year') return current ? (/\d{4}/.exec(current)?.[0] ?? year) : year
    for (const alternative of name.split('|')) {
      const [head = '', ...rest] = alternative.split('.')
      const value =
        rest.length === 0
          ? data[head]
          : rest.reduce<unknown>((row, key) => (row as JsonObject | null)?.[key], ref[head])
      if (typeof value === 'string' && value !== '') return value
      if (typeof value === 'number') return String(value)
    }
    missing.push(name)
    return ''
  })
  if (missing.length > 0) return null
  const width = SEQUENCE.exec(stem)?.[1]
  if (width === undefined) return stem
  const [before = '', after = ''] = stem.split(SEQUENCE).filter((_, index) => index !== 1)
  if (
    current?.startsWith(before) &&
    current.endsWith(after) &&
    /^\d+$/.test(current.slice(before.length, current.length - after.length))
  )
    return current
  const counter = `code:${entity.key}:${field}:${before}\u0000${after}`
  await startAfterExisting(ctx, db, entity.key, field, counter, before, after)
  const number = await db.next(counter)
  return before + String(number).padStart(Number(width), '0') + after
}

async function startAfterExisting(
  ctx: Ctx,
  db: Db,
  entity: string,
  field: string,
  counter: string,
  before: string,
  after: string,
): Promise<void> {
  const id = `${ctx.tenant}:${counter}`
  if (await db.counters.get(id)) return
  const existing = await db
    .records(entity)
    .find(
      { [`data.${field}`]: { $regex: `^${literal(before)}[0-9]+${literal(after)}$` } },
      { fields: [`data.${field}`] },
    )
  const greatest = existing.reduce((most, record) => {
    const code = record.data[field]
    return typeof code === 'string'
      ? Math.max(most, Number(code.slice(before.length, code.length - after.length)))
      : most
  }, 0)
  if (greatest > 0) await db.counters.updateOne({ _id: id }, { $set: { value: greatest } }, { upsert: true })
}
