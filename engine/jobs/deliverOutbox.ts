import type { JobRequest } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import type { OutboxDoc } from '../persistence/index.ts'
import { giveUp, milliseconds, workOff } from './workOff.ts'

/**
 * A claim is held this long, and for a service as long as it may take besides; a process that dies while working leaves
 * the row to another one afterwards.
 */
const LEASE_MS = 30_000
/** FM-D-093: mail is tried again for 24 hours. */
const GIVE_UP_MS = 24 * 3600_000
const FIRST_RETRY_MS = 15_000
const LONGEST_RETRY_MS = 30 * 60_000
/** Calls and returns are ours: they fail for a defect, not for the weather. */
const OWN_RETRIES = 3

/** Works off what is due. Several processes may do this at once: each row is claimed. Returns how many rows it tried. */
export async function deliverOutbox(ctx: Ctx, limit = 200): Promise<number> {
  for (let done = 0; done < limit; done++) {
    const row = await claim(ctx)
    if (!row) return done
    await attempt(ctx, row)
  }
  return limit
}

async function claim(ctx: Ctx): Promise<OutboxDoc | null> {
  const now = ctx.clock.now()
  return ctx.db.outbox.findOneAndUpdate(
    { status: 'pending', dueAt: { $lte: now }, $or: [{ lease: null }, { lease: { $lt: now } }] },
    { $set: { lease: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
    { sort: { dueAt: 1 } },
  )
}

/** Nobody else may call the outside while our own call can still answer. */
async function holdForService(ctx: Ctx, row: OutboxDoc): Promise<void> {
  const { timeout } = row.payload as unknown as JobRequest
  const lease = new Date(ctx.clock.now().getTime() + milliseconds(timeout) + LEASE_MS)
  await ctx.db.outbox.updateOne({ _id: row._id, status: 'pending' }, { $set: { lease } })
}

async function attempt(ctx: Ctx, row: OutboxDoc): Promise<void> {
  try {
    if (row.kind === 'service') await holdForService(ctx, row)
    await workOff(ctx, row)
    await ctx.db.outbox.updateOne(
      { _id: row._id, status: 'pending' },
      { $set: { status: 'sent', doneAt: ctx.clock.now(), lease: null, lastError: null } },
    )
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    ctx.log.warn(
      { outbox: row._id, kind: row.kind, instance: row.instance, attempts: row.attempts, error: message },
      'outbox row was not worked off',
    )
    const wait = nextTry(ctx, row)
    if (wait === null) await giveUp(ctx, row, message)
    else {
      const dueAt = new Date(ctx.clock.now().getTime() + wait)
      await ctx.db.outbox.updateOne({ _id: row._id }, { $set: { dueAt, lease: null, lastError: message } })
    }
  }
}

/** Milliseconds until the next try, doubled each time; null when it is given up. */
function nextTry(ctx: Ctx, row: OutboxDoc): number | null {
  const doubled = (first: number): number => Math.min(first * 2 ** (row.attempts - 1), LONGEST_RETRY_MS)
  if (row.kind === 'mail') {
    const spent = ctx.clock.now().getTime() - row.createdAt.getTime()
    return spent >= GIVE_UP_MS ? null : doubled(FIRST_RETRY_MS)
  }
  if (row.kind === 'service') {
    const { retries, backoff } = row.payload as unknown as JobRequest
    return row.attempts > retries ? null : doubled(milliseconds(backoff))
  }
  return row.attempts > OWN_RETRIES ? null : doubled(FIRST_RETRY_MS)
}
