import { as, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Db, UserDoc } from '../persistence/index.ts'
import { passwordNoticeRecipients } from './accessPolicy.ts'
import { queueAccountMail } from './accountMails.ts'
import { forgetFailures } from './attempts.ts'
import { endSessionsOf } from './endSessions.ts'
import { hashPassword } from './passwords.ts'
import { findPasswordToken, visitor, type Visit } from './passwordTokens.ts'
import { reauthenticate } from './recentPassword.ts'
import { actorOf } from './sessions.ts'

type Purpose = 'create' | 'reset' | 'change'
const done: Record<Purpose, string> = { create: 'creó', reset: 'restableció', change: 'cambió' }

/**
 * Sets the password of the person whose link this is, and uses the link up. His sessions end; he and the administrator
 * are told by mail. Returns his e-mail. Throws 410 `token.expired`, 422 `form.invalid` (the link stays good).
 */
export async function setPasswordByToken(
  ctx: Ctx,
  input: { token: string; password: string } & Visit,
): Promise<{ email: string }> {
  const { token, user } = await findPasswordToken(ctx, input.token, input)
  const passwordHash = await hashNew(input.password, user.email)
  const own = as(visitor(ctx, input), actorOf(user, input.ip, input.userAgent))
  await own.transaction(async (db) => {
    // Of two who press the button at once, one was first.
    if ((await db.passwordTokens.deleteOne({ _id: token._id, hash: token.hash })) === 0)
      throw new CauceError('token.expired')
    await store(own, db, user, passwordHash, token.purpose)
  })
  await forgetFailures(ctx, user.email)
  return { email: user.email }
}

/** A signed-in person changes his password; this session goes on, the others end. Throws 403, 422, 429. */
export async function changePassword(ctx: Ctx, input: { current: string; password: string }): Promise<void> {
  const user = ctx.actor.id ? await ctx.db.users.get(ctx.actor.id) : null
  if (!user) throw new CauceError('session.required')
  await reauthenticate(ctx, input.current)
  const passwordHash = await hashNew(input.password, user.email)
  await ctx.transaction((db) => store(ctx, db, user, passwordHash, 'change'))
}

async function hashNew(password: string, email: string): Promise<string> {
  // It knows fifty thousand common passwords: loaded when somebody chooses one, not at every start.
  const { passwordIssues } = await import('./passwordRules.ts')
  const issues = passwordIssues(password, email)
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  return hashPassword(password)
}

async function store(ctx: Ctx, db: Db, user: UserDoc, passwordHash: string, purpose: Purpose): Promise<void> {
  const now = ctx.clock.now()
  await db.users.updateOne(
    { _id: user._id },
    { $set: { passwordHash, passwordSetAt: now, failures: 0, lockedUntil: null } },
  )
  await endSessionsOf(ctx, db, user._id, 'password', purpose === 'change' ? ctx.session?.id : null)
  const action = purpose === 'create' ? 'created' : purpose === 'reset' ? 'reset' : 'changed'
  await writeAudit(ctx, db, { action: `password.${action}`, thing: 'account', details: { user: user._id } })
  const { name, email, front } = user
  const vars = { name, email, done: done[purpose], at: now.toISOString(), ip: ctx.actor.ip ?? '' }
  await queueAccountMail(ctx, db, 'passwordSet', { user: user._id, name, email, front }, vars)
  for (const administrator of await passwordNoticeRecipients(ctx, db))
    if (administrator.email.toLowerCase() !== email)
      await queueAccountMail(ctx, db, 'passwordSetOfOther', administrator, vars)
}
