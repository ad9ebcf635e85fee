import type { FormSchema, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { codeOf, stateField } from '../schema/annotations.ts'
import { takeNumber } from './codeCounter.ts'
import { codeWith, fieldsOfPattern, numberIn, stemOf } from './codePattern.ts'

export interface GiveCodesInput {
  entity: EntityInPack
  /** The form's schema, with settings in place. */
  schema: FormSchema
  /** What will be stored; its codes are written here. */
  data: JsonObject
  ref: Record<string, JsonObject | null>
  before: RecordDoc | null
  /** Where the numbers come from; the counter when absent. */
  nextNumber?: typeof takeNumber | undefined
}

/**
 * Gives a record its code (`x-code`) and returns the codes it had before. A code stays as it is while what it is made of
 * stays, also when the pattern is another by now; when a source is corrected it is made anew, and the old one goes on
 * finding the record. With `at` it is given on entering that state.
 */
export async function giveCodes(ctx: Ctx, db: Db, input: GiveCodesInput): Promise<string[]> {
  const { before, data } = input
  let aliases = before?.aliases ?? []
  for (const [field, property] of Object.entries(input.schema.properties ?? {})) {
    if (!property['x-code']) continue
    const saved = before?.data[field]
    const current = typeof saved === 'string' ? saved : null
    const code = await codeFor(ctx, db, input, field, property, current)
    if (code === null) delete data[field]
    else data[field] = code
    if (code !== null && current !== null && code !== current)
      aliases = [...aliases.filter((alias) => alias !== code), current]
  }
  return aliases
}

async function codeFor(
  ctx: Ctx,
  db: Db,
  { entity, data, ref, before, nextNumber = takeNumber }: GiveCodesInput,
  field: string,
  property: FormSchema,
  current: string | null,
): Promise<string | null> {
  const { pattern, at } = codeOf(property) ?? { pattern: '', at: null }
  const isSame = fieldsOfPattern(pattern).every(
    (name) => JSON.stringify(before?.data[name] ?? null) === JSON.stringify(data[name] ?? null),
  )
  if (current !== null && isSame) return current
  const state = stateField(entity.definition)
  if (current === null && at !== null && (state === null || data[state] !== at)) return null
  const sources = {
    data,
    ref,
    createdAt: (current === null ? null : before?.createdAt) ?? ctx.clock.now(),
    timeZone: ctx.config.timeZone,
  }
  const stem = pattern ? stemOf(pattern, sources) : null
  if (!stem) return null
  if (stem.width === null) return stem.before
  // A correction taken back gives back the number, too.
  const own = [current, ...(before?.aliases ?? [])].find((code) => code !== null && numberIn(code, stem) !== null)
  if (own !== undefined && own !== null) return own
  const place = { entity: entity.key, field, stem }
  return codeWith(stem, await nextNumber(ctx, db, place))
}
