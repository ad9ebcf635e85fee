import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobRequest } from '../bpmn/index.ts'
import { unclaimed } from '../claim.ts'
import type { Ctx } from '../context.ts'
import type { OutboxDoc } from '../persistence/index.ts'
import { auditSentMails } from './auditSentMails.ts'
import { giveUp, milliseconds, workOff } from './workOff.ts'

/**
 * A claim is held this long, and for a service as long as it may take besides; a process that dies while working leaves
 * the row to another one afterwards. Longer than a mail server may keep us waiting.
 */
const LEASE_MS = 60_000
/** How many rows are claimed at once, and how much work other than mail is under way at once. */
const BATCH = 20
/** While slow work is under way, new rows are looked for this often. */
const LOOK_AGAIN_MS = 500
/** FM-D-093: mail is tried again for 24 hours. */
const GIVE_UP_MS = 24 * 3600_000
const FIRST_RETRY_MS = 15_000
const LONGEST_RETRY_MS = 30 * 60_000
/** Calls and returns are ours: they fail for a defect, not for the weather. */
const OWN_RETRIES = 3

/**
 * Works off what is due. Several processes may do this at once: each row is claimed. Mails go out together; a slow service
 * holds up nothing but itself. Returns how many rows it tried, when all of them are done.
 */
export async function deliverOutbox(ctx: Ctx, limit = 200): Promise<number> {
  const underWay = new Set<Promise<void>>()
  let tried = 0
  while (tried < limit) {
    const rows = await claim(ctx, Math.min(BATCH - underWay.size, limit - tried))
    tried += rows.length
    for (const row of rows.filter(({ kind }) => kind !== 'mail')) {
      const work = attempt(ctx, row).finally(() => underWay.delete(work))
      underWay.add(work)
    }
    await sendMails(
      ctx,
      rows.filter(({ kind }) => kind === 'mail'),
    )
    if (rows.length > 0 && underWay.size < BATCH) continue
    if (underWay.size === 0) return tried
    await Promise.race([...underWay, sleep(LOOK_AGAIN_MS, undefined, { ref: false })])
  }
  await Promise.all(underWay)
  return tried
}

/** Takes up to so many due rows: nobody else gets them while the lease lasts. */
async function claim(ctx: Ctx, most: number): Promise<OutboxDoc[]> {
  const now = ctx.clock.now()
  const due = { status: 'pending', dueAt: { $lte: now }, ...unclaimed(now) }
  const found = await ctx.db.outbox.find(due, { sort: { dueAt: 1 }, limit: most })
  if (found.length === 0) return []
  const _id = { $in: found.map((row) => row._id) }
  const claimedBy = randomUUID()
  const lease = new Date(now.getTime() + LEASE_MS)
  const taken = await ctx.db.outbox.updateMany({ ...due, _id }, { $set: { lease, claimedBy }, $inc: { attempts: 1 } })
  // Another process was quicker with some of them.
  if (taken < found.length) return ctx.db.outbox.find({ _id, claimedBy })
  return found.map((row) => ({ ...row, lease, claimedBy, attempts: row.attempts + 1 }))
}

async function sendMails(ctx: Ctx, rows: OutboxDoc[]): Promise<void> {
  if (rows.length === 0) return
  const sent: OutboxDoc[] = []
  await Promise.all(
    rows.map(async (row) => {
      try {
        await workOff(ctx, row)
        sent.push(row)
      } catch (error) {
        await putOff(ctx, row, error)
      }
    }),
  )
  if (sent.length === 0) return
  await ctx.transaction(async (db) => {
    // What was sent is kept as text; the page around it was for the mail program.
    const update = { ...done(ctx), $unset: { 'payload.html': 1 } }
    await db.outbox.updateMany({ _id: { $in: sent.map((row) => row._id) }, status: 'pending' }, update)
    await auditSentMails(ctx, db, sent)
  })
}

const done = (ctx: Ctx) => ({ $set: { status: 'sent', doneAt: ctx.clock.now(), lease: null, lastError: null } })

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
    await ctx.db.outbox.updateOne({ _id: row._id, status: 'pending' }, done(ctx))
  } catch (error) {
    await putOff(ctx, row, error)
  }
}

/** It did not work: later again, or never. */
async function putOff(ctx: Ctx, row: OutboxDoc, error: unknown): Promise<void> {
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

/** Milliseconds until the next try, doubled each time; null when it is given up. */
function nextTry(ctx: Ctx, row: OutboxDoc): number | null {
  const doubled = (first: number): number => Math.min(first * 2 ** (row.attempts - 1), LONGEST_RETRY_MS)
  if (row.kind === 'mail' || row.kind === 'secret-mail') {
    const spent = ctx.clock.now().getTime() - row.createdAt.getTime()
    return spent >= GIVE_UP_MS ? null : doubled(FIRST_RETRY_MS)
  }
  if (row.kind === 'service') {
    const { retries, backoff } = row.payload as unknown as JobRequest
    return row.attempts > retries ? null : doubled(milliseconds(backoff))
  }
  return row.attempts > OWN_RETRIES ? null : doubled(FIRST_RETRY_MS)
}
