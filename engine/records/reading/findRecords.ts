import type { ListView, RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { USER_ENTITY } from '../schema/annotations.ts'
import { choiceRules, findPreferred, type Choice } from '../choices/index.ts'
import { literal } from '../filters/textFilter.ts'
import { whereMatched } from '../filters/whereMatched.ts'
import { recordSelection, type RecordQuery } from '../filters/recordSelection.ts'
import { recordViews } from './recordViews.ts'

/** Exact totals up to here; beyond, "at least" (so that a count never scans a million rows). */
const COUNT_LIMIT = 10_000
/** Nobody turns this many pages; to reach what lies further, a list is narrowed. */
const MOST_SKIPPED = 10_000
const MAX_PAGE_SIZE = 200

export interface FindRecordsInput extends RecordQuery {
  entity: string
  page: number
  size: number
  /** For a field of a form: its `where` limits, its `prefer` orders. */
  choice?: Choice | null
  /** And of the selection only these. */
  within?: Filter
}

/**
 * A page of the records this actor may read. An unknown filter or sort field is 400, never ignored; a page that begins
 * beyond the first ten thousand records is 422 `list.narrow`.
 */
export async function findRecords(ctx: Ctx, input: FindRecordsInput): Promise<ListView<RecordView>> {
  const size = Math.min(Math.max(1, input.size), MAX_PAGE_SIZE)
  const page = Math.max(1, input.page)
  if (input.entity === USER_ENTITY) return findAccounts(ctx, input.q ?? '', page, size)
  if ((page - 1) * size > MOST_SKIPPED)
    throw new CauceError('list.narrow', { max: MOST_SKIPPED.toLocaleString('es-PE') })
  const entity = await entityOf(ctx, input.entity)
  const rules = input.choice ? await choiceRules(ctx, input.choice) : null
  // Of the records for another field nothing may be learned by this one's rules.
  if (rules && rules.entity !== entity.key) throw new CauceError('request.invalid')
  const status = rules?.inactive ? ('all' as const) : input.status
  const selection = await recordSelection(ctx, entity, { ...input, ...(status ? { status } : {}) })
  const { sort } = selection
  const where = rules?.where?.toFilter(rules.environment)
  const further = [...(where ? [where] : []), ...(input.within ? [input.within] : [])]
  const filter: Filter = further.length > 0 ? { $and: [selection.filter, ...further] } : selection.filter
  const wishes = rules?.prefer.map((rule) => rule.toFilter(rules.environment)) ?? []
  const records = ctx.db.records(entity.key)
  const [items, counted] = await Promise.all([
    findPreferred(records, wishes, { filter, sort, skip: (page - 1) * size, limit: size }),
    records.count(filter, COUNT_LIMIT + 1),
  ])
  const total = counted > COUNT_LIMIT ? { totalAtLeast: COUNT_LIMIT } : { total: counted }
  const matched = await whereMatched(ctx, entity, input, items)
  const views = (await recordViews(ctx, entity, items)).map((view) => {
    const where = matched.get(view.id)
    return where ? { ...view, matched: where } : view
  })
  return { items: views, ...total, page, size }
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
          $and: words.map((word) => ({ name: { $regex: literal(word), $options: 'i' } })),
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
      permissions: { edit: false, delete: false, inactivate: false, correct: false, fields: [] },
      ...{ inactiveAt: null, deletedAt: null, incomplete: false },
      createdAt: user.createdAt.toISOString(),
      updatedAt: user.createdAt.toISOString(),
      updatedBy: null,
    }
  })
  return { items, total, page, size }
}
