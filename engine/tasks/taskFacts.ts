import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { formFacts } from '../records/index.ts'
import { demandMine, demandOpen } from './loadTask.ts'
import { taskParts } from './taskPage.ts'

/** What the rules of a task's form know, for what was typed so far. 404, 409 and 403 as for finishing it. */
export async function taskFacts(given: Ctx, input: { task: string; data: JsonObject }): Promise<{ facts: JsonObject }> {
  const { ctx, task, installed, form, stored } = await taskParts(given, input.task)
  await demandOpen(ctx, task)
  await demandMine(ctx, task)
  const record = stored && { ...stored.data, id: stored._id }
  return formFacts(ctx, { installed, form, record, data: input.data })
}
