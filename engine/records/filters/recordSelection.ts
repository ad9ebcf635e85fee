import type { NamedFilter } from '#definitions'
import { fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { comparedPath, sortableFields, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { emptyFilter, rangeFilter, valueFilter, type Range } from './fieldFilter.ts'
import { moneyRange } from './moneyRange.ts'
import { pathsFilter, placesOf } from './pathsFilter.ts'
import { ownTasksFilter, ruleFilter } from './ruleFilter.ts'
import { stateFilter } from './stateFilter.ts'
import { quickSearch } from './textFilter.ts'
import { todayOf } from '../timeline/timeline.ts'
import { statusFilter, type RecordStatus } from './recordStatus.ts'

/** What a list is narrowed to, and its order. */
export interface RecordQuery {
  /** Quick search: every word must occur, accents and case apart. */
  q?: string
  /** field → values (several: any of them); also `field.empty`, and `filter.param` for what a rule asks for. */
  filters: Record<string, string[]>
  ranges: Record<string, Range>
  sort?: string
  /** Default `active`: neither inactive nor deleted. `deleted` takes the right to delete. */
  status?: RecordStatus
}

/** The chosen records of those this actor may read. 403 when he may read none, 400 for an unknown filter or order. */
export async function recordSelection(
  ctx: Ctx,
  entity: EntityInPack,
  query: RecordQuery,
): Promise<{ filter: Filter; sort: Record<string, 1 | -1> }> {
  const rows = rowFilter(ctx, entity, 'read')
  if (rows === null) throw new CauceError('access.denied')
  const { read } = fieldRights(ctx, entity)
  return {
    filter: {
      $and: [
        rows,
        statusFilter(ctx, entity, query.status),
        ...quickSearch(entity.definition, read, query.q ?? ''),
        ...(await chosenFilters(ctx, entity, read, query)),
      ],
    },
    sort: sortOf(entity, read, query.sort),
  }
}

async function chosenFilters(
  ctx: Ctx,
  entity: EntityInPack,
  readable: Set<string>,
  { filters, ranges }: RecordQuery,
): Promise<Filter[]> {
  const { definition } = entity
  const demandField = (name: string): void => {
    if (!Object.hasOwn(definition.properties, name) || !readable.has(name)) throw new CauceError('request.invalid')
  }
  const result: Filter[] = []
  const named = new Map<NamedFilter, { values: string[]; params: Record<string, string> }>()
  for (const [key, values] of Object.entries(filters)) {
    const [name = '', word] = key.split('.')
    const filter = namedFilter(entity, name)
    if (filter) {
      const asked = named.get(filter) ?? { values: [], params: {} }
      if (word === undefined) asked.values.push(...values)
      else if (filter.params && Object.hasOwn(filter.params, word)) asked.params[word] = values[0] ?? ''
      else throw new CauceError('request.invalid')
      named.set(filter, asked)
      continue
    }
    demandField(name)
    if (word === undefined && definition['x-effective']?.state?.field === name)
      result.push(stateFilter(definition, values, todayOf(ctx)))
    else if (word === undefined) result.push(valueFilter(ctx, definition, name, values))
    else if (word === 'empty') result.push(emptyFilter(definition.properties[name] ?? {}, name, values[0] ?? ''))
    else throw new CauceError('request.invalid')
  }
  for (const [name, range] of Object.entries(ranges)) {
    demandField(name)
    result.push((await moneyRange(ctx, entity, name, range)) ?? rangeFilter(ctx, definition, name, range))
  }
  for (const [filter, { values, params }] of named) {
    if (filter.where) result.push(await ruleFilter(ctx, entity, filter, params))
    else if (filter.tasks) result.push(await ownTasksFilter(ctx, entity))
    else result.push(await pathsFilter(ctx, await placesOf(ctx, entity, filter), values))
  }
  return result
}

/** A filter of the list that is more than one field. */
export const namedFilter = (entity: EntityInPack, name: string): NamedFilter | undefined =>
  (entity.definition['x-list']?.filters ?? []).find((filter) => typeof filter !== 'string' && filter.name === name) as
    NamedFilter | undefined

/** The id stands behind every order, so that no record is on two pages. */
function sortOf(entity: EntityInPack, readable: Set<string>, given: string | undefined): Record<string, 1 | -1> {
  const sort = given ?? entity.definition['x-list']?.sort ?? '-updatedAt'
  const direction = sort.startsWith('-') ? -1 : 1
  const name = sort.replace(/^-/, '')
  if (name === 'updatedAt' || name === 'createdAt') return { [name]: direction, _id: direction }
  const path = sortableFields(entity.definition).includes(name) ? comparedPath(entity.definition, name) : null
  if (path === null || !readable.has(name)) throw new CauceError('request.invalid')
  return { [path]: direction, _id: direction }
}
