import type { Candidate } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { candidateKey } from '../packs/index.ts'
import type { TimerDoc } from '../persistence/index.ts'
import { notifyAbout, runStep } from '../processes/index.ts'

const LEASE_MS = 30_000

/** Fires what is due: process timers, reminders, escalations. Each is claimed first. Returns how many it fired. */
export async function fireDueTimers(ctx: Ctx, limit = 200): Promise<number> {
  for (let done = 0; done < limit; done++) {
    const now = ctx.clock.now()
    const timer = await ctx.db.timers.findOneAndUpdate(
      { dueAt: { $lte: now }, $or: [{ lease: null }, { lease: { $lt: now } }] },
      { $set: { lease: new Date(now.getTime() + LEASE_MS) } },
      { sort: { dueAt: 1 } },
    )
    if (!timer) return done
    try {
      await fire(ctx, timer)
    } catch (error) {
      // The lease keeps it from being tried again at once; an incident tells people (runStep writes it).
      ctx.log.error({ timer: timer._id, instance: timer.instance, error: String(error) }, 'timer did not fire')
    }
  }
  return limit
}

async function fire(ctx: Ctx, timer: TimerDoc): Promise<void> {
  if (timer.kind === 'timer') {
    await fireProcessTimer(ctx, timer)
    return
  }
  await ctx.transaction(async (db) => {
    // First: who comes second, because the lease ran out or an answer of the store was lost, finds it gone.
    if ((await db.timers.deleteOne({ _id: timer._id })) === 0) return
    const task = await db.tasks.findOne({ instance: timer.instance, executionId: timer.executionId, status: 'open' })
    if (task && timer.kind === 'escalate') {
      const key = candidateKey(timer.payload.candidate as unknown as Candidate)
      await db.tasks.updateOne({ _id: task._id }, { $addToSet: { candidates: key } })
    }
    if (task && timer.kind === 'notify') {
      const { template, to } = timer.payload as { template: string; to: string }
      const instance = await db.instances.get(timer.instance)
      if (instance) await notifyAbout(ctx, db, { instance, template, to, task, form: {} })
    }
  })
}

async function fireProcessTimer(ctx: Ctx, timer: TimerDoc): Promise<void> {
  try {
    await runStep(ctx, {
      instance: timer.instance,
      event: { type: 'timer', executionId: timer.executionId },
      formChanges: {},
      form: {},
      check: async (instance) => {
        if (instance.status !== 'running') throw new CauceError('message.not-expected')
        return Promise.resolve({ completed: null, message: null })
      },
    })
  } catch (error) {
    if (!(error instanceof CauceError && error.code === 'message.not-expected')) throw error
  }
  await ctx.db.timers.deleteOne({ _id: timer._id, lease: timer.lease })
}
