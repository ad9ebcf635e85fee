import type { ListView, RecordView } from '#engine/contract'
import { compileRule, foldText, type FormSchema, type JsonObject } from '#forms'
import { candidateKeysOf, expressionActor, fieldRights, rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import { USER_ENTITY } from './annotations.ts'
import { recordViews } from './views.ts'

/** Exact totals up to here; beyond, "at least" (so that a count never scans a million rows). */
const COUNT_LIMIT = 10_000
const MAX_PAGE_SIZE = 200

export interface FindRecordsInput {
  entity: string
  /** Quick search: every word must occur, accents and case apart. */
  q?: string
  /** field → values (several: any of them). */
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
  sort?: string
  page: number
  size: number
}

/** A page of the records this actor may read. An unknown filter or sort field is 400, never ignored. */
export async function findRecords(ctx: Ctx, input: FindRecordsInput): Promise<ListView<RecordView>> {
  const size = Math.min(Math.max(1, input.size), MAX_PAGE_SIZE)
  const page = Math.max(1, input.page)
  if (input.entity === USER_ENTITY) return findAccounts(ctx, input.q ?? '', page, size)
  const entity = await entityOf(ctx, input.entity)
  const rows = rowFilter(ctx, entity, 'read')
  if (rows === null) throw new CauceError('access.denied')
  const filter: Filter = {
    $and: [rows, { deletedAt: null }, ...searchFilters(input.q), ...(await fieldFilters(ctx, entity, input))],
  }
  const records = ctx.db.records(entity.key)
  const [items, counted] = await Promise.all([
    records.find(filter, { sort: sortOf(ctx, entity, input.sort), skip: (page - 1) * size, limit: size }),
    records.count(filter, COUNT_LIMIT + 1),
  ])
  const total = counted > COUNT_LIMIT ? { totalAtLeast: COUNT_LIMIT } : { total: counted }
  return { items: await recordViews(ctx, entity, items), ...total, page, size }
}

function searchFilters(q: string | undefined): Filter[] {
  const words = foldText(q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
  return words.map((word) => ({ search: { $regex: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') } }))
}

async function fieldFilters(ctx: Ctx, entity: EntityInPack, input: FindRecordsInput): Promise<Filter[]> {
  const filters: Filter[] = []
  for (const [name, values] of Object.entries(input.filters)) {
    const named = (entity.definition['x-list']?.filters ?? []).find(
      (filter) => typeof filter !== 'string' && filter.name === name,
    )
    if (named && typeof named !== 'string') {
      filters.push(await namedFilter(ctx, entity, named, values))
      continue
    }
    const property = readableField(ctx, entity, name)
    filters.push(valueFilter(name, property, values))
  }
  for (const [name, range] of Object.entries(input.ranges)) {
    const property = readableField(ctx, entity, name)
    const bounds: Filter = {}
    if (range.from) bounds.$gte = rangeValue(property, range.from)
    if (range.to) bounds.$lte = rangeValue(property, range.to)
    // A range never matches an empty value, which would sort before every text.
    filters.push({ [`data.${name}`]: { ...bounds, $ne: null } })
  }
  return filters
}

type NamedFilter = { name: string; title: string; paths?: string[]; where?: string; tasks?: 'mine' }

async function namedFilter(ctx: Ctx, entity: EntityInPack, filter: NamedFilter, values: string[]): Promise<Filter> {
  if (filter.where) {
    const environment = {
      actor: expressionActor(ctx.actor),
      now: ctx.clock.now(),
      timeZone: ctx.config.timeZone,
      params: { value: values[0] ?? null },
    }
    return compileRule(filter.where).toFilter(environment)
  }
  if (filter.tasks === 'mine') {
    const keys = await candidateKeysOf(ctx)
    const tasks = await ctx.db.tasks.find(
      {
        status: 'open',
        'record.entity': entity.key,
        $or: [{ assignee: ctx.actor.id }, { assignee: null, candidates: { $in: keys } }],
      },
      { fields: ['record'] },
    )
    return { _id: { $in: tasks.map((task) => task.record?.id).filter(Boolean) } }
  }
  const pattern = anyAccent(values[0] ?? '')
  return { $or: (filter.paths ?? []).map((path) => ({ [`data.${path}`]: { $regex: pattern, $options: 'i' } })) }
}

function readableField(ctx: Ctx, entity: EntityInPack, name: string): FormSchema {
  const property = Object.hasOwn(entity.definition.properties, name) ? entity.definition.properties[name] : undefined
  if (!property || !fieldRights(ctx, entity).read.has(name)) throw new CauceError('request.invalid')
  return property
}

/** Text contains, codes begin, the rest equals; several values: any of them. */
function valueFilter(name: string, property: FormSchema, values: string[]): Filter {
  const path = `data.${name}`
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  if (property['x-code']) return { $or: values.map((value) => ({ [path]: { $regex: `^${escaped(value)}` } })) }
  const isFreeText =
    property.type === 'string' &&
    !property.enum &&
    !property.oneOf &&
    !property['x-ref'] &&
    !property['x-catalog'] &&
    !property.format
  if (isFreeText) return { $or: values.map((value) => ({ [path]: { $regex: anyAccent(value), $options: 'i' } })) }
  const typed = values.map((value) => rangeValue(property, value))
  return typed.length === 1 ? { [path]: typed[0] } : { [path]: { $in: typed } }
}

const accented: Record<string, string> = {
  a: 'aáàäâã',
  e: 'eéèëê',
  i: 'iíìïî',
  o: 'oóòöôõ',
  u: 'uúùüû',
  n: 'nñ',
  c: 'cç',
  y: 'yýÿ',
}

/** Pattern of a text in any case and with any accents (FM-D-126): values are stored as they were typed. */
function anyAccent(text: string): string {
  const escaped = foldText(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return escaped.replace(/[aeiouncy]/g, (letter) => `[${accented[letter] ?? letter}]`)
}

function rangeValue(property: FormSchema, value: string): unknown {
  if (property.type === 'integer') return Number(value)
  if (property.type === 'boolean') return value === 'true'
  return value
}

function sortOf(ctx: Ctx, entity: EntityInPack, given: string | undefined): Record<string, 1 | -1> {
  const sort = given ?? entity.definition['x-list']?.sort
  if (!sort) return { updatedAt: -1 }
  const direction = sort.startsWith('-') ? -1 : 1
  const name = sort.replace(/^-/, '')
  if (name === 'updatedAt' || name === 'createdAt') return { [name]: direction, _id: 1 }
  readableField(ctx, entity, name)
  return { [`data.${name}`]: direction, _id: 1 }
}

/** Accounts, for fields that hold a person. Staff only; names, no addresses. */
async function findAccounts(ctx: Ctx, q: string, page: number, size: number): Promise<ListView<RecordView>> {
  if (ctx.actor.front === 'portal') throw new CauceError('access.denied')
  const words = q.trim().split(/\s+/).filter(Boolean)
  const filter: Filter = {
    active: true,
    front: 'staff',
    ...(words.length > 0
      ? {
          $and: words.map((word) => ({ name: { $regex: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' } })),
        }
      : {}),
  }
  const [users, total] = await Promise.all([
    ctx.db.users.find(filter, { sort: { name: 1 }, skip: (page - 1) * size, limit: size }),
    ctx.db.users.count(filter),
  ])
  const items = users.map((user): RecordView => {
    const data: JsonObject = { name: user.name }
    return {
      id: user._id,
      entity: USER_ENTITY,
      revision: 1,
      label: user.name,
      data,
      labels: {},
      permissions: { edit: false, delete: false, fields: [] },
      createdAt: user.createdAt.toISOString(),
      updatedAt: user.createdAt.toISOString(),
      updatedBy: null,
    }
  })
  return { items, total, page, size }
}
