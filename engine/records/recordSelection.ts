import { compileRule, foldText, type FormSchema } from '#forms'
import { candidateKeysOf, expressionActor, fieldRights, rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'

/** What a list is narrowed to, and its order. */
export interface RecordQuery {
  /** Quick search: every word must occur, accents and case apart. */
  q?: string
  /** field → values (several: any of them). */
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
  sort?: string
}

/** The chosen records of those this actor may read. 403 when he may read none, 400 for an unknown filter or order. */
export async function recordSelection(
  ctx: Ctx,
  entity: EntityInPack,
  query: RecordQuery,
): Promise<{ filter: Filter; sort: Record<string, 1 | -1> }> {
  const rows = rowFilter(ctx, entity, 'read')
  if (rows === null) throw new CauceError('access.denied')
  return {
    filter: {
      $and: [rows, { deletedAt: null }, ...searchFilters(query.q), ...(await fieldFilters(ctx, entity, query))],
    },
    sort: sortOf(ctx, entity, query.sort),
  }
}

/** A text that means itself in a pattern. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function searchFilters(q: string | undefined): Filter[] {
  const words = foldText(q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
  return words.map((word) => ({ search: { $regex: literal(word) } }))
}

async function fieldFilters(ctx: Ctx, entity: EntityInPack, query: RecordQuery): Promise<Filter[]> {
  const filters: Filter[] = []
  for (const [name, values] of Object.entries(query.filters)) {
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
  for (const [name, range] of Object.entries(query.ranges)) {
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
  if (property['x-code']) return { $or: values.map((value) => ({ [path]: { $regex: `^${literal(value)}` } })) }
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
  return literal(foldText(text)).replace(/[aeiouncy]/g, (letter) => `[${accented[letter] ?? letter}]`)
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
