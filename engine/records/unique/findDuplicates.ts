import { createHash } from 'node:crypto'
import { typedValue, type Issue, type Json, type JsonObject } from '#forms'
import { rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { packsOf, settingsOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { uniqueRules, type UniqueRule } from './uniqueRules.ts'

export interface UniqueInput {
  entity: EntityInPack
  id: string
  data: JsonObject
  /** As saved: what has not changed is not asked about again. Null for a new or restored record. */
  before: JsonObject | null
  /** Fields that these rules tell; all when absent. */
  only?: (rule: UniqueRule) => boolean
  /** Where it is known that nobody has these values. */
  isFree?: ((rule: UniqueRule, values: Json[]) => boolean) | undefined
  /** Nothing will be written: nobody has to wait. */
  isTried?: boolean
}

/** A value is seldom shared by more that a condition leaves out. */
const LOOKED_AT = 200

/**
 * Which unique values other records have already (deleted ones apart): an issue each, naming the other record where this
 * actor may read it. In a transaction, whoever writes the same value waits until this one is over.
 */
export async function findDuplicates(ctx: Ctx, db: Db, input: UniqueInput): Promise<Issue[]> {
  const { entity, data, before } = input
  const settings = await settingsOf(ctx, entity.installed)
  const issues: Issue[] = []
  for (const rule of uniqueRules(entity.definition, settings)) {
    if (input.only && !input.only(rule)) continue
    const values = rule.fields.map((field) => data[field] ?? null)
    const isSame =
      before !== null && JSON.stringify(values) === JSON.stringify(rule.fields.map((f) => before[f] ?? null))
    if (isSame || values.some((value) => value === null || value === '')) continue
    if (input.isFree?.(rule, values)) continue
    if (!holds(ctx, entity, rule, data, settings)) continue
    if (!rule.indexed && rule.level === 'error' && !input.isTried) await db.next(turnOf(entity, rule, values))
    const other = await findOther(ctx, db, input, rule, values, settings)
    if (other) issues.push(await issueOf(ctx, db, entity, rule, other))
  }
  return issues
}

interface Other {
  entity: EntityInPack
  record: RecordDoc
}

/** Counting a number for the value makes two writers of it meet: the later one is computed again and sees the first. */
function turnOf(entity: EntityInPack, rule: UniqueRule, values: Json[]): string {
  const scope = rule.space === null ? [entity.key, rule.fields] : [rule.space]
  return `unique:${createHash('sha256')
    .update(JSON.stringify([scope, values]))
    .digest('base64url')}`
}

async function findOther(
  ctx: Ctx,
  db: Db,
  { entity, id }: UniqueInput,
  rule: UniqueRule,
  values: Json[],
  settings: JsonObject,
): Promise<Other | null> {
  for (const place of await placesOf(ctx, entity, rule)) {
    const same = Object.fromEntries(place.fields.map((field, index) => [`data.${field}`, values[index]]))
    const found = await db
      .records(place.entity.key)
      .find({ ...same, _id: { $ne: id }, deletedAt: null }, { limit: rule.where ? LOOKED_AT : 1 })
    const record = found.find((candidate) => holds(ctx, place.entity, rule, candidate.data, settings))
    if (record) return { entity: place.entity, record }
  }
  return null
}

/** Where the same value would be: here, and wherever the space reaches. */
async function placesOf(
  ctx: Ctx,
  entity: EntityInPack,
  rule: UniqueRule,
): Promise<{ entity: EntityInPack; fields: string[] }[]> {
  if (rule.space === null) return [{ entity, fields: rule.fields }]
  const places: { entity: EntityInPack; fields: string[] }[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      for (const [field, property] of Object.entries(definition.properties)) {
        const given = property['x-unique'] as { space?: string } | true | undefined
        if (typeof given === 'object' && given.space === rule.space)
          places.push({ entity: { key, definition, installed }, fields: [field] })
      }
    }
  }
  return places
}

function holds(ctx: Ctx, entity: EntityInPack, rule: UniqueRule, data: JsonObject, settings: JsonObject): boolean {
  if (!rule.where) return true
  const record = typedValue(entity.definition, data)
  const { functions } = entity.installed
  const options = { functions, now: ctx.clock.now(), timeZone: ctx.config.timeZone, absent: ['record', 'settings'] }
  return rule.where.evaluate({ record, settings }, options) === true
}

async function issueOf(ctx: Ctx, db: Db, entity: EntityInPack, rule: UniqueRule, other: Other): Promise<Issue> {
  const { record } = other
  const filter = rowFilter(ctx, other.entity, 'read')
  const isVisible =
    filter !== null && (await db.records(other.entity.key).count({ $and: [filter, { _id: record._id }] }, 1)) > 0
  const title = entity.definition.properties[rule.path]?.title ?? rule.path
  const name = `${record.label}${record.inactiveAt ? ' (inactivo)' : ''}`
  const message = isVisible
    ? `${rule.message ?? 'Ya existe'}: ${name}`
    : (rule.message ?? `Ya existe otro registro con el mismo dato: ${title}`)
  const params: Issue['params'] = isVisible ? { entity: other.entity.key, id: record._id, label: record.label } : {}
  return { path: rule.path, rule: 'unique', params, message, level: rule.level }
}
