import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { metricsOf } from '../metrics.ts'

/** What a step is about; filled in while it is found out. */
export interface ObservedStep {
  process: string
  instance: string | null
  event: string
}

/** Measures a step and writes one line about it, whatever becomes of it: which request, which case, how long. */
export async function observeStep<T>(ctx: Ctx, step: ObservedStep, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  let result: 'ok' | 'failed' | 'refused' = 'refused'
  try {
    const done = await work()
    result = 'ok'
    return done
  } catch (error) {
    // What people may not do, or came too late for, is an answer; all else is a failure.
    if (!(error instanceof CauceError) || error.status >= 500 || error.code === 'step.failed') result = 'failed'
    throw error
  } finally {
    const ms = performance.now() - started
    metricsOf(ctx).step(step.process, step.event, result, ms / 1000)
    ctx.log.info({ requestId: ctx.requestId, ...step, result, ms: Math.round(ms) }, 'step')
  }
}
