import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { as, systemActor, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Db, PasswordTokenDoc, UserDoc } from '../persistence/index.ts'
import { secretMailRow } from './accountMails.ts'
import { takeFromLimit, tooMany, type Limit } from './attempts.ts'
import { demand } from './permissions.ts'
import { ACCOUNTS } from './secondFactor/setUpSecondFactor.ts'

/** FM-D-010: valid five minutes, dead after five wrong tries, at most one a minute and five an hour. */
export const TOKEN_MINUTES = 5
const MAX_TRIES = 5
const MINUTE = 60_000
const PER_MINUTE: Limit = { times: 1, perMs: MINUTE }
const PER_HOUR: Limit = { times: 5, perMs: 60 * MINUTE }
const PER_ADDRESS: Limit = { times: 30, perMs: 60 * MINUTE }
const GUESSES_PER_ADDRESS: Limit = { times: 60, perMs: 60 * MINUTE }

export interface Visit {
  ip: string
  userAgent: string
}
/** The context of somebody who is not signed in. */
export const visitor = (ctx: Ctx, { ip, userAgent }: Visit): Ctx =>
  as(ctx, { ...systemActor, name: 'Visitante', ip, userAgent })

/**
 * Somebody asks for a password link. Nothing here depends on whether the address has an account: who it belongs to is
 * looked up when the mail is sent, so the answer and its time are the same for all. Beyond the limits of the address
 * nothing is sent, and that is not told either. Throws 429 `request.too-many` for one network address only.
 */
export async function requestPasswordToken(request: Ctx, given: string, visit: Visit): Promise<void> {
  const ctx = visitor(request, visit)
  const email = given.trim().toLowerCase()
  if (!(await takeFromLimit(ctx, `tokens-from:${visit.ip}`, PER_ADDRESS))) throw tooMany(PER_ADDRESS)
  const isAllowed = await takeTokenLimits(ctx, email)
  await ctx.transaction(async (db) => {
    await writeAudit(ctx, db, {
      action: 'password.token-requested',
      thing: 'account',
      details: { email, limited: !isAllowed },
    })
    if (isAllowed) await db.outbox.insert(secretMailRow(ctx, { purpose: 'password', email }))
  })
}

/**
 * An administrator sends somebody a password link (again). Throws 403, 404, 429 `request.too-many` (the limits of the
 * address hold here too).
 */
export async function sendPasswordToken(ctx: Ctx, user: string): Promise<void> {
  await demand(ctx, ACCOUNTS, 'edit')
  const account = await ctx.db.users.get(user)
  if (!account?.active) throw new CauceError('thing.not-found')
  if (!(await takeTokenLimits(ctx, account.email))) throw tooMany(PER_MINUTE)
  await ctx.transaction(async (db) => {
    await queuePasswordToken(ctx, db, user)
    await writeAudit(ctx, db, {
      action: 'password.token-requested',
      thing: 'account',
      details: { email: account.email },
    })
  })
}

/** Sends a password link in the caller's transaction: a new account. Rights are the caller's business. */
export async function queuePasswordToken(
  ctx: Ctx,
  db: Db,
  user: string,
  minutes: number = TOKEN_MINUTES,
): Promise<void> {
  await db.outbox.insert(secretMailRow(ctx, { purpose: 'password', user, minutes }))
}

async function takeTokenLimits(ctx: Ctx, email: string): Promise<boolean> {
  return (
    (await takeFromLimit(ctx, `token:${email}`, PER_MINUTE)) && (await takeFromLimit(ctx, `tokens:${email}`, PER_HOUR))
  )
}

/** Makes the one link a person has: an earlier one is dead from now on. Returns what the link holds. */
export async function makePasswordToken(ctx: Ctx, db: Db, user: UserDoc, minutes = TOKEN_MINUTES): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const now = ctx.clock.now()
  const id = randomUUID()
  await db.passwordTokens.deleteMany({ user: user._id })
  await db.passwordTokens.insert({
    _id: id,
    user: user._id,
    purpose: user.passwordHash === null ? 'create' : 'reset',
    hash: hashOf(secret),
    createdAt: now,
    expiresAt: new Date(now.getTime() + minutes * MINUTE),
    tries: 0,
  })
  await writeAudit(ctx, db, { action: 'password.token-sent', thing: 'account', details: { user: user._id, minutes } })
  return `${id}.${secret}`
}

/** Page of the link. Behind the `#` it is never sent to a server, kept in a log, or opened by who only follows links. */
export const tokenPath = (token: string): string => `/contrasena#${token}`

/**
 * The link behind a token and whose it is. Looking does not use it up. Throws 410 `token.expired` (with the e-mail in
 * `details` when only its time is over), 429 after too many wrong ones from one network address.
 */
export async function findPasswordToken(
  ctx: Ctx,
  token: string,
  visit: Visit,
): Promise<{ token: PasswordTokenDoc; user: UserDoc }> {
  const guesses = `token-guesses:${visit.ip}`
  const [id = '', secret = ''] = token.split('.')
  const found = await ctx.db.passwordTokens.get(id)
  const matches = found !== null && same(found.hash, hashOf(secret))
  const user = found && matches ? await ctx.db.users.get(found.user) : null
  if (!found || !user?.active) {
    if (!(await takeFromLimit(ctx, guesses, GUESSES_PER_ADDRESS))) throw tooMany(GUESSES_PER_ADDRESS)
    if (found && !matches) await countWrong(visitor(ctx, visit), found)
    throw new CauceError('token.expired')
  }
  if (found.expiresAt <= ctx.clock.now()) throw new CauceError('token.expired', {}, { details: { email: user.email } })
  return { token: found, user }
}

async function countWrong(ctx: Ctx, { _id, user }: PasswordTokenDoc): Promise<void> {
  const after = await ctx.db.passwordTokens.findOneAndUpdate({ _id }, { $inc: { tries: 1 } })
  if (!after || after.tries < MAX_TRIES) return
  await ctx.transaction(async (db) => {
    await db.passwordTokens.deleteOne({ _id })
    await writeAudit(ctx, db, {
      action: 'password.token-killed',
      thing: 'account',
      details: { user, tries: after.tries },
    })
  })
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))
