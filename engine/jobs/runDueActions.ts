import type { ActionDefinition } from '#definitions'
import { performAction, scheduleId } from '../actions/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, packsOf } from '../packs/index.ts'
import { nextTimeOfDay } from './nextTimeOfDay.ts'

/** Longer than any action takes: each question to a server ends after seconds. */
const LEASE_MS = 5 * 60_000
/** An action that failed is tried again. */
const RETRY_MS = 3600_000

/**
 * Calls the actions that packs ask for every day and that are due; a new installation calls them at once. One process
 * does, whoever is first. Where nothing may leave the machine, none is called. Returns how many it ran.
 */
export async function runDueActions(ctx: Ctx): Promise<number> {
  if (!ctx.config.outgoingHttp) return 0
  let ran = 0
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, action] of Object.entries(installed.pack.manifest.actions ?? {})) {
      if (action.daily === undefined) continue
      const schedule = scheduleId(ctx, installed.name, key)
      if (!(await claim(ctx, schedule))) continue
      await runOne(ctx, schedule, key, action, action.daily)
      ran += 1
    }
  }
  return ran
}

async function claim(ctx: Ctx, schedule: string): Promise<boolean> {
  const now = ctx.clock.now()
  const known = await ctx.db.schedules.get(schedule)
  if (!known?.dueAt) {
    await ctx.db.schedules.findOneAndUpdate({ _id: schedule }, { $set: { dueAt: now } }, { upsert: true })
  }
  const claimed = await ctx.db.schedules.findOneAndUpdate(
    { _id: schedule, dueAt: { $lte: now }, $or: [{ lease: null }, { lease: { $lt: now } }] },
    { $set: { lease: new Date(now.getTime() + LEASE_MS) } },
  )
  return claimed !== null
}

async function runOne(ctx: Ctx, schedule: string, key: string, action: ActionDefinition, daily: string): Promise<void> {
  const now = ctx.clock.now()
  let next: Date | undefined
  try {
    const entity = await entityOf(ctx, action.entity)
    ;({ next } = await performAction(ctx, { key, action, entity, record: null, reason: '', byPerson: false }))
  } catch (error) {
    if (!(error instanceof CauceError)) ctx.log.error({ action: key, error: String(error) }, 'action failed')
    next = new Date(now.getTime() + RETRY_MS)
  }
  const regular = nextTimeOfDay(now, daily, ctx.config.timeZone)
  const dueAt = next && next < regular ? next : regular
  await ctx.db.schedules.updateOne({ _id: schedule }, { $set: { dueAt, lease: null } })
}
