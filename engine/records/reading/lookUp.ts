import type { LookupView } from '#engine/contract'
import { normalizeValue, type Json, type JsonObject } from '#forms'
import { can, fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, settingsOf, type EntityInPack } from '../../packs/index.ts'
import { lookupsOf, type LookupAnnotation } from '../schema/annotations.ts'
import { pick } from '../schema/pick.ts'
import { uniqueRules } from '../unique/index.ts'

export interface LookUpInput {
  entity: string
  field: string
  value: Json
  /** The record being edited, which is not another. */
  record?: string | null
}

const nothing: LookupView = { found: null }

/**
 * The record with the same value in the same field (`x-lookup`), in the first entity that has one, with what of it may be
 * copied: of the same entity only where the value may repeat. Nothing is found of records and fields that this actor may
 * not read, and he is not told so. 403 for who may neither create nor edit such records, or not this field; 400 for a
 * field that looks nothing up. Inactive records count, the newest first; deleted ones do not.
 */
export async function lookUp(ctx: Ctx, input: LookUpInput): Promise<LookupView> {
  const entity = await entityOf(ctx, input.entity)
  const property = Object.hasOwn(entity.definition.properties, input.field)
    ? entity.definition.properties[input.field]
    : undefined
  const lookups = lookupsOf(property)
  const mayWrite = (await can(ctx, entity.key, 'create')) || (await can(ctx, entity.key, 'edit'))
  const { edit } = fieldRights(ctx, entity)
  if (!mayWrite || (lookups.length > 0 && !edit.has(input.field))) throw new CauceError('access.denied')
  if (!property || lookups.length === 0) throw new CauceError('request.invalid')
  const value = normalizeValue(property, input.value)
  if (typeof value !== 'string' || value === '') return nothing

  for (const lookup of lookups) {
    const found = await foundIn(ctx, entity, lookup, { ...input, value, edit })
    if (found) return { found }
  }
  return nothing
}

async function foundIn(
  ctx: Ctx,
  entity: EntityInPack,
  { from, fill, title }: LookupAnnotation,
  { field, value, record: self = null, edit }: LookUpInput & { edit: ReadonlySet<string> },
): Promise<LookupView['found']> {
  const other = await entityOf(ctx, from)
  const rows = rowFilter(ctx, other, 'read')
  const { read } = fieldRights(ctx, other)
  if (rows === null || !read.has(field)) return null
  const same = { [`data.${field}`]: value, deletedAt: null, ...(self !== null && { _id: { $ne: self } }) }
  const [record] = await ctx.db.records(other.key).find({ $and: [rows, same] }, { sort: { createdAt: -1 }, limit: 1 })
  if (!record) return null
  const isRefused = other.key === entity.key && (await mayNotRepeat(ctx, entity, field))
  const copied = new Set(isRefused ? [] : fill.filter((name) => read.has(name) && edit.has(name)))
  const data: JsonObject = pick(record.data, copied)
  return { entity: other.key, id: record._id, label: record.label, title, data }
}

const mayNotRepeat = async (ctx: Ctx, entity: EntityInPack, field: string): Promise<boolean> =>
  uniqueRules(entity.definition, await settingsOf(ctx, entity.installed)).some(
    ({ fields, level }) => fields.length === 1 && fields[0] === field && level === 'error',
  )
