import type { ProcessEvent } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError, isError } from '../errors.ts'
import { runStep, type StepResult } from './runStep.ts'

export interface SystemStep {
  instance: string
  event: ProcessEvent
  /** The moment that the step counts from; default: now. */
  at?: Date
  /** A case that this one goes on after: its lines come first. */
  after?: { order?: number } | null
}

/** A step that no person takes: a timer that is due, the result of a job. Throws like `runStep`. */
export function runSystemStep(ctx: Ctx, { instance, event, at, after = null }: SystemStep): Promise<StepResult> {
  return runStep(ctx, {
    instance,
    event,
    ...(at ? { at } : {}),
    formChanges: {},
    form: {},
    check: (current) => {
      if (current.status !== 'running') throw new CauceError('message.not-expected')
      return Promise.resolve({ completed: null, message: null, after })
    },
  })
}

/**
 * The same for jobs: a case that does not wait for this any more is no failure, and a step that failed is an incident by
 * now, which a person tries again; the job would only repeat it.
 */
export async function runSystemStepOnce(ctx: Ctx, step: SystemStep): Promise<void> {
  try {
    await runSystemStep(ctx, step)
  } catch (error) {
    if (!isError(error, 'message.not-expected') && !isError(error, 'step.failed')) throw error
  }
}
