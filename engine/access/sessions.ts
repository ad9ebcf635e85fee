import { createHash, randomBytes } from 'node:crypto'
import type { Actor, Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { UserDoc } from '../persistence/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import { verifyPassword } from './passwords.ts'

/** FM-D-013: five failures block for fifteen minutes; without activity a session ends after sixty. */
const MAX_FAILURES = 5
const LOCK_MINUTES = 15
const IDLE_MINUTES = 60
const ABSOLUTE_HOURS = 12
/** FM-D-022: "Recordar sesión", portal only. */
const REMEMBER_DAYS = 30
/** A session's last use is written at most this often. */
const TOUCH_MS = 60_000

export interface SignInInput {
  email: string
  password: string
  remember?: boolean
  front: 'staff' | 'portal'
  ip: string
  userAgent: string
}
export interface OpenSession {
  /** The cookie's value; only its hash is stored. */
  token: string
  maxAgeSeconds: number | null
  actor: Actor
}

/** Opens a session. The answer is the same for an unknown e-mail, a wrong password and a wrong front. */
export async function signIn(ctx: Ctx, input: SignInInput): Promise<OpenSession> {
  const email = input.email.trim().toLowerCase()
  const now = ctx.clock.now()
  const user = await ctx.db.users.findOne({ email })
  const locked = user?.lockedUntil && user.lockedUntil > now ? user.lockedUntil : null
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (locked) {
    throw new CauceError('session.locked', { minutes: Math.ceil((locked.getTime() - now.getTime()) / 60_000) })
  }
  if (!user || !matches || !user.active || user.front !== input.front) {
    if (user && !matches) await countFailure(ctx, user)
    await ctx.transaction((db) =>
      writeAudit(ctx, db, {
        action: 'session.refused',
        details: { email, ip: input.ip, userAgent: input.userAgent, front: input.front },
      }),
    )
    throw new CauceError('session.refused')
  }
  const token = randomBytes(32).toString('base64url')
  const remember = input.remember === true && input.front === 'portal'
  const lifetime = remember ? REMEMBER_DAYS * 24 * 3600 : ABSOLUTE_HOURS * 3600
  const actor = actorOf(user, input.ip, input.userAgent)
  await ctx.transaction(async (db) => {
    await db.sessions.insert({
      _id: hashToken(token),
      user: user._id,
      front: user.front,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + lifetime * 1000),
      idleMinutes: remember ? REMEMBER_DAYS * 24 * 60 : IDLE_MINUTES,
      ip: input.ip,
      userAgent: input.userAgent.slice(0, 300),
    })
    if (user.failures > 0) await db.users.updateOne({ _id: user._id }, { $set: { failures: 0, lockedUntil: null } })
    await writeAudit({ ...ctx, actor }, db, { action: 'session.opened', details: { front: user.front, remember } })
  })
  return { token, maxAgeSeconds: remember ? lifetime : null, actor }
}

async function countFailure(ctx: Ctx, user: UserDoc): Promise<void> {
  const after = await ctx.db.users.findOneAndUpdate({ _id: user._id }, { $inc: { failures: 1 } })
  if (after && after.failures >= MAX_FAILURES) {
    const until = new Date(ctx.clock.now().getTime() + LOCK_MINUTES * 60_000)
    await ctx.db.users.updateOne({ _id: user._id }, { $set: { failures: 0, lockedUntil: until } })
  }
}

/** Who is behind a cookie, or null: unknown, expired, idle too long, account deactivated. */
export async function readSession(
  ctx: Ctx,
  token: string,
  front: 'staff' | 'portal',
  ip: string,
  userAgent: string,
): Promise<Actor | null> {
  const id = hashToken(token)
  const session = await ctx.db.sessions.get(id)
  const now = ctx.clock.now()
  if (!session || session.front !== front || session.expiresAt <= now) return null
  if (now.getTime() - session.lastSeenAt.getTime() > session.idleMinutes * 60_000) return null
  const user = await ctx.db.users.get(session.user)
  if (!user?.active) return null
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS)
    await ctx.db.sessions.updateOne({ _id: id }, { $set: { lastSeenAt: now } })
  return actorOf(user, ip, userAgent)
}

export async function signOut(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (db) => {
    await db.sessions.deleteOne({ _id: hashToken(token) })
    await writeAudit(ctx, db, { action: 'session.closed' })
  })
}

/** Asks for the password again before an act that binds. Throws 403 `session.reauthenticate`. */
export async function reauthenticate(ctx: Ctx, password: string | undefined): Promise<void> {
  const user = ctx.actor.id ? await ctx.db.users.get(ctx.actor.id) : null
  const now = ctx.clock.now()
  if (user?.lockedUntil && user.lockedUntil > now) {
    throw new CauceError('session.locked', {
      minutes: Math.ceil((user.lockedUntil.getTime() - now.getTime()) / 60_000),
    })
  }
  if (password === undefined || !(await verifyPassword(user?.passwordHash ?? null, password))) {
    if (user && password !== undefined) await countFailure(ctx, user)
    throw new CauceError('session.reauthenticate')
  }
}

export function actorOf(user: UserDoc, ip: string | null, userAgent: string | null): Actor {
  return {
    id: user._id,
    name: user.name,
    email: user.email,
    roles: user.roles,
    front: user.front,
    scope: user.scope,
    ip,
    userAgent,
  }
}

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
