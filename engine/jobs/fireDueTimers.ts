import { randomUUID } from 'node:crypto'
import type { Candidate } from '../bpmn/index.ts'
import { leaseFrom, unclaimed } from '../claim.ts'
import type { Ctx } from '../context.ts'
import { candidateKey, packsOf } from '../packs/index.ts'
import type { TimerDoc } from '../persistence/index.ts'
import { definitionOf, keepOrder, notifyAbout, runSystemStepOnce } from '../processes/index.ts'
import { nextMoment } from './nextMoment.ts'

/** A firing later than this was missed: nothing ran at its time. Less is the time that the work itself takes. */
const MISSED_MS = 5 * 60_000

/** Fires what is due: process timers, reminders, escalations. Each is claimed first. Returns how many it fired. */
export async function fireDueTimers(ctx: Ctx, limit = 200): Promise<number> {
  for (let done = 0; done < limit; done++) {
    const now = ctx.clock.now()
    const timer = await ctx.db.timers.findOneAndUpdate(
      { dueAt: { $lte: now }, ...unclaimed(now) },
      { $set: { lease: leaseFrom(now) } },
      { sort: { dueAt: 1 } },
    )
    if (!timer) return done
    try {
      if (timer.kind === 'timer') await fireProcessTimer(ctx, timer)
      else await fireOfTask(ctx, timer)
    } catch (error) {
      // The lease keeps it from being tried again at once.
      ctx.log.error({ timer: timer._id, instance: timer.instance, error: String(error) }, 'timer did not fire')
    }
  }
  return limit
}

/** A reminder or an escalation of an open task. */
async function fireOfTask(ctx: Ctx, timer: TimerDoc): Promise<void> {
  await ctx.transaction(async (db) => {
    // First: who comes second, because the lease ran out or an answer of the store was lost, finds it gone.
    if ((await db.timers.deleteOne({ _id: timer._id })) === 0) return
    const task = await db.tasks.findOne({ instance: timer.instance, executionId: timer.executionId, status: 'open' })
    if (!task) return
    if (timer.kind === 'escalate') {
      const key = candidateKey(timer.payload.candidate as unknown as Candidate)
      await db.tasks.updateOne({ _id: task._id }, { $addToSet: { candidates: key, also: key } })
      return
    }
    const { template, to, every } = timer.payload as { template: string; to: string; every: string | null }
    const instance = await db.instances.get(timer.instance)
    if (!instance) return
    await keepOrder(ctx, db, instance)
    await notifyAbout(ctx, db, { instance, template, to, task, form: {} })
    if (every === null) return
    const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
    const dueAt = nextMoment(ctx, installed, every, timer.dueAt)
    await db.timers.insert({ ...timer, _id: randomUUID(), dueAt, lease: null })
  })
}

/**
 * Fires a timer of a process. After a time in which nothing ran, its `wf:catchUp` says what becomes of what was missed:
 * `once` (default) one firing, counted on from now; `all` every firing, each as of its own moment; `skip` none, a
 * repetition goes on at its next regular moment.
 */
async function fireProcessTimer(ctx: Ctx, timer: TimerDoc): Promise<void> {
  const instance = await ctx.db.instances.get(timer.instance)
  const installed = instance && (await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number))
  const event = installed && definitionOf(installed, instance.process).nodes[timer.node]?.timer
  const every = /^R\d*\/(.+)$/.exec(event?.text ?? '')?.[1]
  if (event?.catchUp === 'skip' && every && ctx.clock.now().getTime() - timer.dueAt.getTime() > MISSED_MS) {
    const dueAt = nextMoment(ctx, installed!, every, timer.dueAt)
    await ctx.db.timers.updateOne({ _id: timer._id, lease: timer.lease }, { $set: { dueAt, lease: null } })
    return
  }
  await runSystemStepOnce(ctx, {
    instance: timer.instance,
    event: { type: 'timer', executionId: timer.executionId },
    ...(event && event.catchUp !== 'once' ? { at: timer.dueAt } : {}),
  })
  await ctx.db.timers.deleteOne({ _id: timer._id, lease: timer.lease })
}
