import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { isDuplicateKey, type AttemptDoc } from '../persistence/index.ts'

/** FM-D-013: five failures block for fifteen minutes. */
const MAX_FAILURES = 5
const LOCK_MINUTES = 15
const MINUTE = 60_000
const KEEP_MS = 24 * 3600_000

/** One try to sign in, counted before its outcome is known, so that a hundred at once are not a hundred guesses. */
export interface Attempt {
  /** It was wrong. */
  fail(): Promise<void>
  /** It was right: what went before is forgotten. */
  succeed(): Promise<void>
  /** It decided nothing (the password was right, the code is still to come). */
  leave(): Promise<void>
}

/**
 * Begins a try for an e-mail address. Known and unknown addresses are counted and blocked alike, so that nobody learns
 * which exist. Throws 429 `session.locked`.
 */
export async function beginAttempt(ctx: Ctx, email: string): Promise<Attempt> {
  const _id = `sign-in:${email}`
  const now = ctx.clock.now()
  const before = await ctx.db.attempts.get(_id)
  if (before?.until && before.until > now) throw locked(before.until, now)
  // The block is over: it begins anew. Whoever comes at the same moment does not undo the count of the first.
  if (before?.until) await ctx.db.attempts.updateOne({ _id, until: before.until }, { $set: { count: 0, until: null } })
  const expiresAt = new Date(now.getTime() + KEEP_MS)
  const doc = await upsert(ctx, _id, { $inc: { count: 1 }, $set: { expiresAt } })
  if (doc.count > MAX_FAILURES) throw locked(doc.until ?? (await lock(ctx, _id, email)), now)
  return {
    fail: async () => {
      if (doc.count >= MAX_FAILURES) await lock(ctx, _id, email)
    },
    succeed: async () => {
      await ctx.db.attempts.deleteOne({ _id })
      await ctx.db.users.updateOne({ email, lockedUntil: { $ne: null } }, { $set: { lockedUntil: null } })
    },
    leave: async () => {
      await ctx.db.attempts.updateOne({ _id, count: { $gt: 0 } }, { $inc: { count: -1 } })
    },
  }
}

/** Who set a new password by the mailed link has shown who he is. */
export async function forgetFailures(ctx: Ctx, email: string): Promise<void> {
  await ctx.db.attempts.deleteOne({ _id: `sign-in:${email}` })
}

async function lock(ctx: Ctx, _id: string, email: string): Promise<Date> {
  const until = new Date(ctx.clock.now().getTime() + LOCK_MINUTES * MINUTE)
  await ctx.transaction(async (db) => {
    await db.attempts.updateOne({ _id }, { $set: { until } })
    await db.users.updateOne({ email }, { $set: { lockedUntil: until } })
    await writeAudit(ctx, db, { action: 'session.locked', details: { email, until: until.toISOString() } })
  })
  return until
}

function locked(until: Date, now: Date): CauceError {
  return new CauceError('session.locked', { minutes: Math.ceil((until.getTime() - now.getTime()) / MINUTE) })
}

/** How often something may happen: so many times in so many milliseconds, counted over any such stretch. */
export interface Limit {
  times: number
  perMs: number
}

/**
 * Takes one of what a limit allows; false when nothing is left. What is refused does not count, so that an impatient
 * person gets through in time.
 */
export async function takeFromLimit(ctx: Ctx, key: string, limit: Limit): Promise<boolean> {
  if (!(await hasRoom(ctx, key, limit))) return false
  const now = ctx.clock.now()
  const doc = await upsert(ctx, key, {
    $push: { at: { $each: [now], $slice: -(limit.times + 1) } },
    $set: { expiresAt: new Date(now.getTime() + limit.perMs) },
  })
  return within(doc, now, limit) <= limit.times
}

export async function hasRoom(ctx: Ctx, key: string, limit: Limit): Promise<boolean> {
  return within(await ctx.db.attempts.get(key), ctx.clock.now(), limit) < limit.times
}

/** Throws 429 `request.too-many` when the limit is used up. */
export async function demandRoom(ctx: Ctx, key: string, limit: Limit): Promise<void> {
  if (!(await hasRoom(ctx, key, limit))) throw tooMany(limit)
}

export const tooMany = (limit: Limit): CauceError =>
  new CauceError('request.too-many', { minutes: Math.ceil(limit.perMs / MINUTE) })

const within = (doc: Pick<AttemptDoc, 'at'> | null, now: Date, { perMs }: Limit): number =>
  (doc?.at ?? []).filter((at) => at.getTime() > now.getTime() - perMs).length

/** Two first tries at once: one of them finds the document of the other. */
async function upsert(ctx: Ctx, _id: string, update: Record<string, unknown>): Promise<AttemptDoc> {
  const write = (): Promise<AttemptDoc | null> => ctx.db.attempts.findOneAndUpdate({ _id }, update, { upsert: true })
  let doc: AttemptDoc | null
  try {
    doc = await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    doc = await write()
  }
  if (!doc) throw new Error(`no document for ${_id}`)
  return doc
}
