import type { TaskView } from '#engine/contract'
import { identityOf } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { inboxOf, noteOnCase, runStep } from '../processes/index.ts'
import { demandMine, demandOpen, loadTask } from './loadTask.ts'
import { taskViews } from './taskViews.ts'

/**
 * Takes a task: others see who has it. Taking one's own again changes nothing. 409 when another has it or it is closed.
 * Who stands in for somebody takes it for that person: when the substitution ends, the absent person has it.
 */
export async function claimTask(given: Ctx, id: string): Promise<TaskView> {
  const { ctx, task } = await loadTask(given, id)
  await demandOpen(ctx, task)
  await demandMine(ctx, task)
  const holder = identityOf(ctx.actor)
  if (task.assignee === null && holder !== null) {
    const taken = await ctx.db.tasks.findOneAndUpdate(
      { _id: id, status: 'open', assignee: null },
      { $set: { assignee: holder, ...inboxOf(holder, task.candidates) } },
    )
    if (!taken) return claimTask(given, id)
    await runStep(ctx, {
      instance: task.instance,
      event: { type: 'claim', executionId: task.executionId },
      formChanges: {},
      form: {},
      check: async () => Promise.resolve({ completed: null, message: null }),
    })
    await note(ctx, id, 'Tomó la tarea', 'task.claimed')
  }
  return viewOf(given, id)
}

/** Gives a task back to its group. Only who has it may. */
export async function releaseTask(given: Ctx, id: string): Promise<TaskView> {
  const { ctx, task } = await loadTask(given, id)
  await demandOpen(ctx, task)
  const holder = identityOf(ctx.actor)
  if (task.assignee !== holder || task.candidates.length === 0) throw new CauceError('access.denied')
  await ctx.db.tasks.updateOne(
    { _id: id, status: 'open', assignee: holder },
    { $set: { assignee: null, ...inboxOf(null, task.candidates) } },
  )
  await note(ctx, id, 'Devolvió la tarea al grupo', 'task.released')
  return viewOf(given, id)
}

async function note(ctx: Ctx, id: string, text: string, action: string): Promise<void> {
  const task = await ctx.db.tasks.get(id)
  if (!task) return
  await ctx.transaction(async (db) => {
    await noteOnCase(ctx, db, task.instance, { kind: 'task', text: `${task.title} — ${text}` })
    await writeAudit(ctx, db, {
      action,
      thing: task.node,
      entity: task.record?.entity ?? null,
      record: task.record?.id ?? null,
      instance: task.instance,
    })
  })
}

async function viewOf(ctx: Ctx, id: string): Promise<TaskView> {
  const task = await ctx.db.tasks.get(id)
  const [view] = await taskViews(ctx, task ? [task] : [])
  if (!view) throw new CauceError('thing.not-found')
  return view
}
