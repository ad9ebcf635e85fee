import type { TaskView } from '#engine/contract'
import { shiftBusinessTime, type IsBusinessDay } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import { openPlaces, type EngineState } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db, TaskDoc } from '../persistence/index.ts'
import { END_OF_TIME, stepWith, unpackState } from '../processes/index.ts'
import { demandMine, demandOpen } from './loadTask.ts'
import { taskParts, type TaskParts } from './taskPage.ts'
import { taskViews } from './taskViews.ts'

/**
 * Stops the clock of a task for one of the reasons that its process declares (`wf:pause`): deadline, reminders,
 * escalations and the timers on its border wait until it is resumed. Only for the staff. 403 not his, 409 closed or paused
 * already, 422 for a reason that is not declared.
 */
export async function pauseTask(given: Ctx, input: { task: string; key: string; comment?: string }): Promise<TaskView> {
  const parts = await ownTask(given, input.task)
  const { ctx, task, node } = parts
  const reason = node.pauses.find(({ key }) => key === input.key)
  if (!reason) throw new CauceError('task.outcome-unknown')
  if (task.pause) throw new CauceError('message.not-expected')
  const comment = input.comment?.trim() ?? ''
  const now = ctx.clock.now()
  const held: { id: string; dueAt: Date }[] = []
  await stepWith(ctx, {
    instance: task.instance,
    event: (instance) => {
      held.length = 0
      for (const timer of bordering(unpackState(instance.state), task, parts)) held.push(timer)
      return { type: 'reschedule', due: allAt(task, held, END_OF_TIME) }
    },
    message: { name: 'pause', label: `${task.title} — ${reason.label}`, reason: comment === '' ? null : comment },
    also: async (db) => {
      const reminders = await remindersOf(db, task)
      for (const { id } of reminders)
        await db.timers.updateOne({ _id: id }, { $set: { dueAt: END_OF_TIME, lease: null } })
      const pause = { ...reason, comment, by: ctx.actor.id, byName: ctx.actor.name, at: now, dueAt: task.dueAt }
      await change(db, task, { pause: { ...pause, timers: held, reminders }, dueAt: null, dueSort: END_OF_TIME })
      await tell(ctx, db, task, 'task.paused', { reason: reason.key, comment })
    },
  })
  return viewOf(given, task._id)
}

/** Lets the clock run again: all that was held back is due later by the business time that has passed. */
export async function resumeTask(given: Ctx, id: string): Promise<TaskView> {
  const { ctx, task, installed } = await ownTask(given, id)
  const { pause } = task
  if (!pause) throw new CauceError('message.not-expected')
  const isOpen = installed.functions['business.isDay'] as IsBusinessDay
  const later = (due: Date): Date => shiftBusinessTime(due, pause.at, ctx.clock.now(), isOpen, ctx.config.timeZone)
  const dueAt = pause.dueAt && later(pause.dueAt)
  const due = Object.fromEntries(pause.timers.map((timer) => [timer.id, later(timer.dueAt).toISOString()]))
  await stepWith(ctx, {
    instance: task.instance,
    event: () => ({
      type: 'reschedule',
      due: { ...due, ...(dueAt ? { [task.executionId]: dueAt.toISOString() } : {}) },
    }),
    message: { name: 'resume', label: `${task.title} — Vuelve a correr el plazo`, reason: null },
    also: async (db) => {
      for (const reminder of pause.reminders)
        await db.timers.updateOne({ _id: reminder.id }, { $set: { dueAt: later(reminder.dueAt), lease: null } })
      await change(db, task, { pause: null, dueAt, dueSort: dueAt ?? END_OF_TIME })
      await tell(ctx, db, task, 'task.resumed', { reason: pause.key, dueAt: dueAt?.toISOString() ?? null })
    },
  })
  return viewOf(given, task._id)
}

async function ownTask(given: Ctx, id: string): Promise<TaskParts> {
  const parts = await taskParts(given, id)
  await demandOpen(parts.ctx, parts.task)
  await demandMine(parts.ctx, parts.task)
  if (parts.ctx.actor.front !== 'staff') throw new CauceError('access.denied')
  return parts
}

/** Timers on the border of the task. */
function bordering(state: EngineState | null, task: TaskDoc, { installed }: TaskParts): { id: string; dueAt: Date }[] {
  const nodes = installed.processes[task.process]?.nodes ?? {}
  return openPlaces(state).flatMap(({ executionId, node, dueAt }) =>
    dueAt && nodes[node]?.attachedTo === task.node ? [{ id: executionId, dueAt: new Date(dueAt) }] : [],
  )
}

const allAt = (task: TaskDoc, held: { id: string }[], at: Date): Record<string, string> =>
  Object.fromEntries(
    [...(task.dueAt ? [task.executionId] : []), ...held.map(({ id }) => id)].map((id) => [id, at.toISOString()]),
  )

/** Reminders and escalations of the task. */
async function remindersOf(db: Db, task: TaskDoc): Promise<{ id: string; dueAt: Date }[]> {
  const rows = await db.timers.find({
    instance: task.instance,
    executionId: task.executionId,
    kind: { $in: ['notify', 'escalate'] },
  })
  return rows.map((row) => ({ id: row._id, dueAt: row.dueAt }))
}

/** Who comes second finds the task changed: closed, paused or resumed by another. */
async function change(db: Db, task: TaskDoc, fields: Partial<TaskDoc>): Promise<void> {
  const matched = await db.tasks.updateOne(
    { _id: task._id, status: 'open', 'pause.at': task.pause?.at ?? null },
    { $set: fields },
  )
  if (matched === 0) throw new CauceError('message.not-expected')
}

async function tell(
  ctx: Ctx,
  db: Db,
  task: TaskDoc,
  action: string,
  details: Record<string, string | null>,
): Promise<void> {
  await writeAudit(ctx, db, {
    action,
    thing: task.node,
    entity: task.record?.entity ?? null,
    record: task.record?.id ?? null,
    instance: task.instance,
    details,
  })
}

async function viewOf(ctx: Ctx, id: string): Promise<TaskView> {
  const task = await ctx.db.tasks.get(id)
  const [view] = await taskViews(ctx, task ? [task] : [])
  if (!view) throw new CauceError('thing.not-found')
  return view
}
