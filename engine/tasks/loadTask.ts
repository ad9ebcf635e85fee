import { actorKeys, contextsFor, demandStep, identityOf, mayDo } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, packsOf } from '../packs/index.ts'
import type { TaskDoc } from '../persistence/index.ts'
import { definitionOf } from '../processes/index.ts'
import { formatMoment } from '../records/index.ts'

/** Is this actor one of the task's candidates, or its assignee? */
export async function isForActor(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  if (ctx.actor.front === null) return true
  if (task.assignee !== null && task.assignee === identityOf(ctx.actor)) return true
  const keys = new Set(actorKeys(await packsOf(ctx).all(ctx), ctx.actor))
  return task.candidates.some((candidate) => keys.has(candidate))
}

/**
 * A task that this actor may know of: his own or his group's, or one about a record that he may read. Else 404, as for
 * one that does not exist (another company's). What is done with it is done in the `ctx` that comes with it: where he
 * stands in for somebody it holds that person's rights, for this task only.
 */
export async function loadTask(given: Ctx, id: string): Promise<{ ctx: Ctx; task: TaskDoc }> {
  const task = await given.db.tasks.get(id)
  if (!task) throw new CauceError('thing.not-found')
  const ctx = await contextOf(given, task)
  return { ctx, task: await demandKnown(ctx, task) }
}

/** As himself, or for somebody he stands in for: the first way that no separation of duties closes. */
export async function contextOf(given: Ctx, task: TaskDoc): Promise<Ctx> {
  const [first = given, ...others] = await contextsFor(given, task)
  for (const ctx of others.length > 0 ? [first, ...others] : []) if (!(await isExcluded(ctx, task))) return ctx
  return first
}

async function demandKnown(ctx: Ctx, task: TaskDoc): Promise<TaskDoc> {
  if (task.record && ctx.actor.front !== null) {
    const record = await ctx.db.records(task.record.entity).get(task.record.id)
    const entity = await entityOf(ctx, task.record.entity)
    if (record && mayDo(ctx, entity, 'read', { ...record.data, id: record._id })) return task
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
  if (task.assignee !== null && task.assignee !== identityOf(ctx.actor) && ctx.actor.front !== null) {
    const other = await ctx.db.users.get(task.assignee)
    throw new CauceError('task.taken', { who: other?.name ?? 'otra persona' })
  }
  if (await isExcluded(ctx, task)) throw new CauceError('access.denied')
  if (task.record) await demandStep(ctx, ctx.db, task.record, task.node)
}

/**
 * Separation of duties: who did one of the named steps of this case (`wf:notSameAs`; the start too) may not do this one. A substitution mixes two people, and
 * both count: neither what the one did nor what the other did is his to decide on. And where several decide on the
 * same, nobody decides twice, for himself and for another.
 */
export async function isExcluded(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  if (ctx.actor.id === null) return false
  return (await didTheOther(ctx, task)) || (await decidedAlready(ctx, task))
}

async function didTheOther(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  const steps = task.notSameAs?.split(/\s+/) ?? []
  if (steps.length === 0) return false
  const both = [ctx.actor.id, identityOf(ctx.actor)]
  const did = { instance: task.instance, node: { $in: steps } }
  if ((await ctx.db.tasks.count({ ...did, completedBy: { $in: both } }, 1)) > 0) return true
  if ((await ctx.db.tasks.count({ ...did, completedFor: { $in: both } }, 1)) > 0) return true
  const installed = await packsOf(ctx).version(ctx, task.pack.name, task.pack.number)
  if (!steps.includes(definitionOf(installed, task.process).process.start.node)) return false
  const instance = await ctx.db.instances.get(task.instance)
  return instance !== null && both.includes(instance.startedBy)
}

/** Tasks of one step that opened at once are one decision of several people. */
async function decidedAlready(ctx: Ctx, task: TaskDoc): Promise<boolean> {
  const others = await ctx.db.tasks.find({
    instance: task.instance,
    node: task.node,
    createdAt: task.createdAt,
    status: 'completed',
    completedBy: ctx.actor.id,
  })
  const identity = identityOf(ctx.actor)
  return others.some((other) => (other.completedFor ?? other.completedBy) !== identity)
}
