import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { processOf, resolveForm, settingsOf } from '../packs/index.ts'
import { formFacts } from '../records/index.ts'
import { definitionOf } from './runStep.ts'
import { demandStart } from './startProcess.ts'

/** What the rules of a start form know, for what was typed so far. 404 unknown, 403 for who may not start it. */
export async function processFacts(
  ctx: Ctx,
  input: { process: string; data: JsonObject },
): Promise<{ facts: JsonObject }> {
  const installed = await processOf(ctx, input.process)
  await demandStart(ctx, installed, input.process)
  const { start } = definitionOf(installed, input.process).process
  const form = resolveForm(installed, start.form, await settingsOf(ctx, installed))
  return formFacts(ctx, { installed, form, record: null, data: input.data })
}
