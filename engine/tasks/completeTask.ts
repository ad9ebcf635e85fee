import type { TaskView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { reauthenticate } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError, readReason } from '../errors.ts'
import type { RecordDoc, TaskDoc } from '../persistence/index.ts'
import { onceOnly, readForm, runStep } from '../processes/index.ts'
import { demandMine, demandOpen } from './loadTask.ts'
import { outcomesOf, taskParts, type TaskParts } from './taskPage.ts'
import { taskViews } from './taskViews.ts'

export interface CompleteTaskInput {
  task: string
  outcome: string
  data: JsonObject
  /** For outcomes that ask why. */
  reason?: string
  /** For outcomes that bind: the person's password again. */
  password?: string
  /** The person saw the form's warnings and goes on. */
  warned?: boolean
}

/**
 * Finishes a task. 404 not his to know, 409 closed or taken by another, 403 not his to do, 422 unknown outcome, missing
 * reason or issues in the form. Answers the task as closed and the tasks that opened and that he may do.
 */
export async function completeTask(ctx: Ctx, input: CompleteTaskInput): Promise<{ task: TaskView; next: TaskView[] }> {
  const reading = { ...ctx, db: ctx.store.reader(ctx.tenant) }
  const parts = await taskParts(reading, input.task)
  const id = parts.task._id
  const done = await onceOnly(
    ctx,
    `completeTask:${id}`,
    () => complete({ ...parts.ctx, db: ctx.db }, parts.ctx, input, parts),
    async ({ opened }) => ({ opened, record: null, closed: await ctx.db.tasks.get(id) }),
  )
  const [answer] = await Promise.all([
    answerOf(ctx, done),
    // What stays behind after a crash here is a draft of a closed task: nobody is shown it, and it expires.
    ctx.actor.id ? ctx.db.formDrafts.deleteMany({ user: ctx.actor.id, key: `task:${id}` }) : null,
  ])
  return answer
}

interface Done {
  closed: TaskDoc | null
  opened: TaskDoc[]
  /** As the step left it. */
  record: RecordDoc | null
}

async function complete(ctx: Ctx, reading: Ctx, input: CompleteTaskInput, parts: TaskParts): Promise<Done> {
  const { task, installed, form, stored } = parts
  await demandOpen(ctx, task)
  await demandMine(ctx, task)
  const outcome = (await outcomesOf(reading, parts)).find((candidate) => candidate.key === input.outcome)
  if (!outcome) throw new CauceError('task.outcome-unknown')
  const reason = readReason(input.reason, outcome.reason)
  if (outcome.reauthenticate && ctx.actor.front !== null) await reauthenticate(ctx, input.password)
  const record = stored ? { ...stored.data, id: stored._id } : null
  const answer = await readForm(reading, {
    form,
    installed,
    data: input.data,
    record,
    outcome: outcome.key,
    warned: input.warned ?? false,
  })
  const value: JsonObject = reason === '' ? answer.value : { ...answer.value, reason }

  return runStep(ctx, {
    instance: task.instance,
    reader: reading.db,
    operation: `completeTask:${task._id}`,
    // Completing what nobody took takes it first (FM-D-072), so that what happens on taking happens.
    event: {
      type: 'complete',
      executionId: task.executionId,
      outcome: outcome.key,
      form: value,
      claimFirst: task.assignee === null,
    },
    formChanges: answer.recordChanges,
    form: value,
    check: async (_instance, attempt) => {
      // The commit closes it only if it is still open: what was read a moment ago will do for the first try.
      const current = attempt === 1 ? task : await ctx.db.tasks.get(task._id)
      if (!current) throw new CauceError('thing.not-found')
      await demandOpen(ctx, current)
      return {
        completed: {
          task: current,
          outcome: outcome.key,
          label: outcome.label,
          reason: reason === '' ? null : reason,
          data: answer.value,
        },
        message: null,
      }
    },
  })
}

async function answerOf(ctx: Ctx, { closed, opened, record }: Done): Promise<{ task: TaskView; next: TaskView[] }> {
  if (!closed) throw new CauceError('internal')
  const [view, ...rest] = await taskViews(ctx, [closed, ...opened], record ? [record] : [])
  if (!view) throw new CauceError('internal')
  return { task: view, next: rest.filter((next) => next.mine) }
}
