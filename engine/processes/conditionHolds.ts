import { compileExpression, typedValue } from '#forms'
import type { StepFacts } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import type { InstalledPack } from '../packs/index.ts'

/**
 * Does a condition of a process hold outside a step: when an outcome is offered (`when`), when a message is shown
 * (`showWhen`)? Expressions see the same as within a step, dates as dates. Only true is true.
 */
export function conditionHolds(ctx: Ctx, installed: InstalledPack, facts: StepFacts, text: string): boolean {
  const { schemas, stateField: _, ...values } = facts
  const context = {
    ...values,
    record: schemas?.record ? typedValue(schemas.record, facts.record) : facts.record,
    ref: schemas?.ref ? typedValue(schemas.ref, facts.ref) : facts.ref,
    outcome: null,
    form: {},
  }
  const options = { functions: installed.functions, now: ctx.clock.now(), timeZone: ctx.config.timeZone }
  return compileExpression(text).evaluate(context, options) === true
}
