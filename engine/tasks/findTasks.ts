import type { ListView, TaskView } from '#engine/contract'
import { candidateKeysOf, alsoOf, hatsOf, turnsOf } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import type { Filter, RecordDoc, TaskDoc } from '../persistence/index.ts'
import { literal, visibleRecord } from '../records/index.ts'
import { taskViews } from './taskViews.ts'

export interface FindTasksInput {
  /** mine: whose turn is mine. group: what I may do too, and what colleagues took. following: others' work on what I began or sent on. */
  tab: 'mine' | 'group' | 'following'
  status: 'open' | 'completed' | 'cancelled'
  /** All tasks of this record (`entity:id`) or case, if the actor may read it. */
  record?: string
  instance?: string
  q?: string
  page: number
  size: number
}

/** A page of tasks: the most urgent first, those without date last. */
export async function findTasks(ctx: Ctx, input: FindTasksInput): Promise<ListView<TaskView>> {
  const size = Math.min(Math.max(1, input.size), 200)
  const page = Math.max(1, input.page)
  const words = (input.q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 6)
  const about = await aboutOneThing(ctx, input)
  const filter: Filter = {
    $and: [
      { status: input.status },
      about?.filter ?? (await scope(ctx, input)),
      ...words.map((word) => {
        const pattern = { $regex: literal(word), $options: 'i' }
        return { $or: [{ title: pattern }, { recordLabel: pattern }] }
      }),
    ],
  }
  if (isPlainInbox(input) && input.tab !== 'following') {
    const hats = await hatsOf(ctx)
    return merged(ctx, input.tab === 'mine' ? turnsOf(hats) : alsoOf(hats), page, size)
  }
  // Ordered by the date with "none" as the end of time: what has no date comes last.
  const skip = (page - 1) * size
  const found = await ctx.db.tasks.find(filter, {
    sort: { dueSort: 1, priority: -1, createdAt: 1 },
    skip,
    limit: size + 1,
  })
  const items = await taskViews(ctx, found.slice(0, size), about?.record ? [about.record] : [])
  // The last page counts itself.
  if (found.length <= size && (found.length > 0 || page === 1)) return { items, total: skip + found.length, page, size }
  const counted = await ctx.db.tasks.count(filter, COUNT_LIMIT + 1)
  return { items, ...(counted > COUNT_LIMIT ? { totalAtLeast: counted } : { total: counted }), page, size }
}

const isPlainInbox = (input: FindTasksInput): boolean =>
  input.status === 'open' && input.record === undefined && input.instance === undefined && !input.q?.trim()

/** Counts stop here: nobody reads a number beyond it, and a count must not scan a million tasks. */
const COUNT_LIMIT = 1000

/**
 * The inbox as it opens, by due date. One ordered query for each key of mine (roles, groups, companies, myself, and those
 * of whom I stand in for), each served by an index up to the page asked for, and merged here: the cost does not grow with
 * the tasks.
 */
async function merged(ctx: Ctx, filters: Filter[], page: number, size: number): Promise<ListView<TaskView>> {
  const parts = await Promise.all(
    filters.map(async (mine) => {
      const filter: Filter = { status: 'open', ...mine }
      const [tasks, count] = await Promise.all([
        ctx.db.tasks.find(filter, { sort: { dueSort: 1, priority: -1 }, limit: page * size }),
        ctx.db.tasks.count(filter, COUNT_LIMIT + 1),
      ])
      return { tasks, count }
    }),
  )
  const order = (a: TaskDoc, b: TaskDoc): number =>
    a.dueSort.getTime() - b.dueSort.getTime() ||
    b.priority - a.priority ||
    a.createdAt.getTime() - b.createdAt.getTime()
  const all = parts.flatMap((part) => part.tasks)
  const tasks = [...new Map(all.map((task) => [task._id, task])).values()].sort(order)
  // Several keys may lead to the same task: on the pages read in full it is counted once.
  const twice = all.length - tasks.length
  const counted = parts.reduce((sum, part) => sum + part.count, 0) - twice
  const total = parts.some((part) => part.count > COUNT_LIMIT) ? { totalAtLeast: counted } : { total: counted }
  return { items: await taskViews(ctx, tasks.slice((page - 1) * size, page * size)), ...total, page, size }
}

async function scope(ctx: Ctx, input: FindTasksInput): Promise<Filter> {
  if (input.status !== 'open') return { completedBy: ctx.actor.id }
  const hats = await hatsOf(ctx)
  if (input.tab === 'mine') return { $or: turnsOf(hats) }
  if (input.tab === 'group') return { $or: alsoOf(hats) }
  const keys = hats.flatMap((hat) => hat.keys)
  const started = await ctx.db.instances.find(
    { startedBy: ctx.actor.id, status: 'running' },
    { fields: ['_id'], limit: 1000 },
  )
  return {
    $and: [
      { $or: [{ from: ctx.actor.id }, { instance: { $in: started.map((instance) => instance._id) } }] },
      { candidates: { $nin: keys } },
      { assignee: { $ne: ctx.actor.id } },
    ],
  }
}

/** The tasks of one record or case, whoever they are for: 404 unless the actor may read it. null when all are asked for. */
async function aboutOneThing(
  ctx: Ctx,
  input: FindTasksInput,
): Promise<{ filter: Filter; record: RecordDoc | null } | null> {
  if (input.record === undefined && input.instance === undefined) return null
  let link = input.record ? { entity: input.record.split(':')[0] ?? '', id: input.record.split(':')[1] ?? '' } : null
  const ofCase = input.instance ? { instance: input.instance } : {}
  if (input.instance !== undefined) {
    const instance = await ctx.db.instances.get(input.instance)
    if (!instance) throw new CauceError('thing.not-found')
    link = instance.record
    if (!link) return { filter: { ...ofCase, candidates: { $in: await candidateKeysOf(ctx) } }, record: null }
  }
  if (!link) throw new CauceError('thing.not-found')
  const record = await visibleRecord(ctx, ctx.db, await entityOf(ctx, link.entity), link.id)
  return { filter: { 'record.entity': link.entity, 'record.id': link.id, ...ofCase }, record }
}
