import { actorKeys, rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, packsOf } from '../packs/index.ts'
import type { TaskDoc } from '../persistence/index.ts'
import { formatMoment } from '../records/index.ts'

/** Is this actor one of the task's candidates, or its assignee? */
export async function isForActor(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  if (ctx.actor.front === null) return true
  if (task.assignee !== null && task.assignee === ctx.actor.id) return true
  const keys = new Set(actorKeys(await packsOf(ctx).all(ctx), ctx.actor))
  return task.candidates.some((candidate) => keys.has(candidate))
}

/**
 * A task that this actor may know of: his own or his group's, or one about a record that he may read. Else 404, as for
 * one that does not exist (another company's).
 */
export async function loadTask(ctx: Ctx, id: string): Promise<TaskDoc> {
  const task = await ctx.db.tasks.get(id)
  if (!task) throw new CauceError('thing.not-found')
  if (task.record && ctx.actor.front !== null) {
    const filter = rowFilter(ctx, await entityOf(ctx, task.record.entity), 'read')
    const readable =
      filter !== null &&
      (await ctx.db.records(task.record.entity).count({ $and: [filter, { _id: task.record.id }] }, 1)) > 0
    if (readable) return task
    // Row rules may hide the record; a person who is asked by name still sees his task.
    if (ctx.actor.front === 'staff' && (await isForActor(ctx, task))) return task
    throw new CauceError('thing.not-found')
  }
  if (!(await isForActor(ctx, task)) && task.completedBy !== ctx.actor.id) throw new CauceError('thing.not-found')
  return task
}

/** Throws 409 with who closed the task and when, unless it is open. */
export async function demandOpen(ctx: Ctx, task: TaskDoc): Promise<void> {
  if (task.status === 'open') return
  const who = task.completedBy ? (await ctx.db.users.get(task.completedBy))?.name : null
  throw new CauceError('task.closed', {
    who: who ?? 'el sistema',
    when: task.completedAt ? formatMoment(task.completedAt, ctx.config.timeZone) : '',
  })
}

/**
 * May this actor finish the task? 403 when he is no candidate or did the task that excludes him; 409 when somebody else
 * took it.
 */
export async function demandMine(ctx: Ctx, task: TaskDoc): Promise<void> {
  if (!(await isForActor(ctx, task))) throw new CauceError('access.denied')
  if (task.assignee !== null && task.assignee !== ctx.actor.id && ctx.actor.front !== null) {
    const other = await ctx.db.users.get(task.assignee)
    throw new CauceError('task.taken', { who: other?.name ?? 'otra persona' })
  }
  if (await isExcluded(ctx, task)) throw new CauceError('access.denied')
}

/** Separation of duties: who did the named task of this case may not do this one. */
export async function isExcluded(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  if (!task.notSameAs || ctx.actor.id === null) return false
  return (await ctx.db.tasks.count({ instance: task.instance, node: task.notSameAs, completedBy: ctx.actor.id }, 1)) > 0
}
