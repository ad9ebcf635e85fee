import type { ListView, TaskView } from '#engine/contract'
import { candidateKeysOf } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import { visibleRecord } from '../records/index.ts'
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
  const filter: Filter = {
    $and: [
      { status: input.status },
      await scope(ctx, input),
      ...words.map((word) => {
        const pattern = { $regex: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' }
        return { $or: [{ title: pattern }, { recordLabel: pattern }] }
      }),
    ],
  }
  // Two ordered queries instead of one: "no date" sorts first in the store, and belongs last.
  const dated: Filter = { $and: [filter, { dueAt: { $ne: null } }] }
  const undated: Filter = { $and: [filter, { dueAt: null }] }
  const [withDate, withoutDate] = await Promise.all([
    ctx.db.tasks.count(dated, 10_001),
    ctx.db.tasks.count(undated, 10_001),
  ])
  const skip = (page - 1) * size
  const first = await ctx.db.tasks.find(dated, { sort: { dueAt: 1, priority: -1, _id: 1 }, skip, limit: size })
  const rest =
    first.length < size
      ? await ctx.db.tasks.find(undated, {
          sort: { createdAt: 1, _id: 1 },
          skip: Math.max(0, skip - withDate),
          limit: size - first.length,
        })
      : []
  return { items: await taskViews(ctx, [...first, ...rest]), total: withDate + withoutDate, page, size }
}

async function scope(ctx: Ctx, input: FindTasksInput): Promise<Filter> {
  if (input.record !== undefined || input.instance !== undefined) return aboutOneThing(ctx, input)
  if (input.status !== 'open') return { completedBy: ctx.actor.id }
  const keys = await candidateKeysOf(ctx)
  const mine = { $or: [{ assignee: ctx.actor.id }, { assignee: null, lead: { $in: keys } }] }
  if (input.tab === 'mine') return mine
  if (input.tab === 'group') return { $and: [{ candidates: { $in: keys } }, { $nor: [mine] }] }
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

async function aboutOneThing(ctx: Ctx, input: FindTasksInput): Promise<Filter> {
  let link = input.record ? { entity: input.record.split(':')[0] ?? '', id: input.record.split(':')[1] ?? '' } : null
  if (input.instance !== undefined) {
    const instance = await ctx.db.instances.get(input.instance)
    if (!instance) throw new CauceError('thing.not-found')
    link = instance.record
    if (!link) return { instance: input.instance, candidates: { $in: await candidateKeysOf(ctx) } }
  }
  if (!link) throw new CauceError('thing.not-found')
  await visibleRecord(ctx, ctx.db, await entityOf(ctx, link.entity), link.id)
  return { 'record.entity': link.entity, 'record.id': link.id, ...(input.instance ? { instance: input.instance } : {}) }
}
