import { createHash, randomBytes } from 'node:crypto'
import { as, systemActor, type Actor, type Ctx, type CtxSession } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db, UserDoc } from '../persistence/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import { idleMinutes, secondFactorPolicy } from './accessPolicy.ts'
import { beginAttempt, demandRoom, takeFromLimit, type Limit } from './attempts.ts'
import { verifyPassword } from './passwords.ts'
import { passSecondFactor } from './secondFactor/passSecondFactor.ts'

const ABSOLUTE_HOURS = 12
/** FM-D-022: "Recordar sesión", portal only. */
const REMEMBER_DAYS = 30
/** A session's last use is written at most this often. */
const TOUCH_MS = 60_000
/** Failed sign-ins from one address: many people may share one, a list of stolen passwords needs more. */
const FAILURES_PER_ADDRESS: Limit = { times: 50, perMs: 15 * 60_000 }

export interface SignInInput {
  email: string
  password: string
  /** Code of the second factor, or a recovery code. */
  otp?: string
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
  session: CtxSession
}

/**
 * Opens a session. The answer (401 `session.refused`) is the same for an unknown e-mail, a wrong password, a wrong front
 * and an account that may not sign in, and costs the same time; 401 `session.second-factor` asks for the code, 401
 * `session.code-refused` refuses it; 429 `session.locked` or `request.too-many` after too many failures.
 */
export async function signIn(visitor: Ctx, input: SignInInput): Promise<OpenSession> {
  const ctx = as(visitor, { ...systemActor, front: null, name: 'Visitante', ip: input.ip, userAgent: input.userAgent })
  const email = input.email.trim().toLowerCase()
  const address = `failures:${input.ip}`
  await demandRoom(ctx, address, FAILURES_PER_ADDRESS)
  const attempt = await beginAttempt(ctx, email)
  const refuse = async (code: 'session.refused' | 'session.code-refused'): Promise<never> => {
    await takeFromLimit(ctx, address, FAILURES_PER_ADDRESS)
    await attempt.fail()
    await ctx.transaction((db) =>
      writeAudit(ctx, db, {
        action: 'session.refused',
        thing: 'session',
        details: { email, front: input.front, code },
      }),
    )
    throw new CauceError(code)
  }
  const user = await ctx.db.users.findOne({ email })
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password)
  if (!user || !matches || !user.active || user.front !== input.front) return refuse('session.refused')
  const actor = actorOf(user, input.ip, input.userAgent)
  const passed = await passSecondFactor(as(ctx, actor), user, await secondFactorPolicy(ctx, actor), input.otp)
  if (passed === 'refused') return refuse('session.code-refused')
  if (typeof passed === 'object') {
    await attempt.leave()
    throw new CauceError('session.second-factor', {}, { details: { method: passed.method } })
  }
  await attempt.succeed()
  const remember = input.remember === true && input.front === 'portal'
  return ctx.transaction(async (db) => {
    const opened = await openSession(as(ctx, actor), db, { remember, enrolling: passed === 'enroll' })
    await writeAudit(as(ctx, actor), db, {
      action: 'session.opened',
      thing: 'session',
      details: { front: user.front, remember },
    })
    return opened
  })
}

/** A new session of the actor, with an id of its own: whatever cookie the browser brought is worth nothing. */
async function openSession(
  ctx: Ctx,
  db: Db,
  { remember, enrolling }: { remember: boolean; enrolling: boolean },
): Promise<OpenSession> {
  const { actor } = ctx
  const now = ctx.clock.now()
  const token = randomBytes(32).toString('base64url')
  const id = hashToken(token)
  const lifetime = remember ? REMEMBER_DAYS * 24 * 3600 : ABSOLUTE_HOURS * 3600
  await db.sessions.insert({
    _id: id,
    user: actor.id ?? '',
    front: actor.front ?? 'staff',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + lifetime * 1000),
    idleMinutes: remember ? REMEMBER_DAYS * 24 * 60 : await idleMinutes(ctx, actor),
    ip: actor.ip ?? '',
    userAgent: (actor.userAgent ?? '').slice(0, 300),
    confirmedAt: now,
    enrolling,
  })
  return { token, maxAgeSeconds: remember ? lifetime : null, actor, session: { id, confirmedAt: now, enrolling } }
}

/** Who is behind a cookie, or null: unknown, expired, idle too long, account deactivated. */
export async function readSession(
  ctx: Ctx,
  token: string,
  front: 'staff' | 'portal',
  ip: string,
  userAgent: string,
): Promise<{ actor: Actor; session: CtxSession } | null> {
  const id = hashToken(token)
  const session = await ctx.db.sessions.get(id)
  const now = ctx.clock.now()
  if (!session || session.front !== front || session.expiresAt <= now) return null
  if (now.getTime() - session.lastSeenAt.getTime() > session.idleMinutes * 60_000) return null
  const user = await ctx.db.users.get(session.user)
  if (!user?.active) return null
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS)
    await ctx.db.sessions.updateOne({ _id: id }, { $set: { lastSeenAt: now } })
  const { confirmedAt, enrolling } = session
  return { actor: actorOf(user, ip, userAgent), session: { id, confirmedAt, enrolling } }
}

export async function signOut(ctx: Ctx, token: string): Promise<void> {
  await ctx.transaction(async (db) => {
    await db.sessions.deleteOne({ _id: hashToken(token) })
    await writeAudit(ctx, db, { action: 'session.closed', thing: 'session' })
  })
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
