import type { Ctx } from '../context.ts'
import { deliverMail } from '../notify/index.ts'
import type { OutboxDoc } from '../persistence/index.ts'

/** A claim is held this long; a process that dies while sending leaves the row to another one afterwards. */
const LEASE_MS = 30_000
/** FM-D-093: tried again for 24 hours. */
const GIVE_UP_MS = 24 * 3600_000
const FIRST_RETRY_MS = 15_000
const LONGEST_RETRY_MS = 30 * 60_000

/** Sends what is due. Several processes may do this at once: each row is claimed. Returns how many rows it tried. */
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
    { kind: 'mail', status: 'pending', dueAt: { $lte: now }, $or: [{ lease: null }, { lease: { $lt: now } }] },
    { $set: { lease: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
    { sort: { dueAt: 1 } },
  )
}

async function attempt(ctx: Ctx, row: OutboxDoc): Promise<void> {
  const now = (): Date => ctx.clock.now()
  try {
    await deliverMail(ctx, row)
    await ctx.db.outbox.updateOne({ _id: row._id }, { $set: { status: 'sent', doneAt: now(), lease: null, lastError: null } })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    ctx.log.warn({ outbox: row._id, attempts: row.attempts, error: message }, 'mail was not delivered')
    const spent = now().getTime() - row.createdAt.getTime()
    const wait = Math.min(FIRST_RETRY_MS * 2 ** (row.attempts - 1), LONGEST_RETRY_MS)
    await ctx.db.outbox.updateOne(
      { _id: row._id },
      {
        $set:
          spent >= GIVE_UP_MS
            ? { status: 'failed', doneAt: now(), lease: null, lastError: message }
            : { dueAt: new Date(now().getTime() + wait), lease: null, lastError: message },
      },
    )
  }
}
