import type { LookupView } from '#engine/contract'
import { normalizeValue, type Json, type JsonObject } from '#forms'
import { can, fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import { lookupOf } from '../schema/annotations.ts'
import { pick } from '../schema/pick.ts'

export interface LookUpInput {
  entity: string
  field: string
  value: Json
}

const nothing: LookupView = { found: null }

/**
 * The record of another entity with the same value in the same field (`x-lookup`), with what of it may be copied.
 * Nothing is found of records and fields that this actor may not read, and he is not told so. 403 for who may neither
 * create nor edit such records, or not this field; 400 for a field that looks nothing up. Inactive records count, the
 * newest first; deleted ones do not.
 */
export async function lookUp(ctx: Ctx, input: LookUpInput): Promise<LookupView> {
  const entity = await entityOf(ctx, input.entity)
  const property = Object.hasOwn(entity.definition.properties, input.field)
    ? entity.definition.properties[input.field]
    : undefined
  const lookup = lookupOf(property)
  const mayWrite = (await can(ctx, entity.key, 'create')) || (await can(ctx, entity.key, 'edit'))
  const own = fieldRights(ctx, entity)
  if (!mayWrite || (lookup && !own.edit.has(input.field))) throw new CauceError('access.denied')
  if (!property || !lookup) throw new CauceError('request.invalid')
  const value = normalizeValue(property, input.value)
  if (typeof value !== 'string' || value === '') return nothing

  const other = await entityOf(ctx, lookup.from)
  const rows = rowFilter(ctx, other, 'read')
  const { read } = fieldRights(ctx, other)
  if (rows === null || !read.has(input.field)) return nothing
  const same = { [`data.${input.field}`]: value, deletedAt: null }
  const [record] = await ctx.db.records(other.key).find({ $and: [rows, same] }, { sort: { createdAt: -1 }, limit: 1 })
  if (!record) return nothing
  const copied = new Set(lookup.fill.filter((field) => read.has(field) && own.edit.has(field)))
  const data: JsonObject = pick(record.data, copied)
  return { found: { entity: other.key, id: record._id, label: record.label, data } }
}
