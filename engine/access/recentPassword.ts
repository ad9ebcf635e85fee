import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { beginAttempt } from './attempts.ts'
import { verifyPassword } from './passwords.ts'

/** A password given this long ago still vouches for a risky act. */
const RECENT_MS = 5 * 60_000

/**
 * Asks that the password was given within the last five minutes, by the session that sends the request. Throws 403
 * `session.confirm-password`; the pages then ask for it and send the request again. Jobs and installation pass.
 */
export function demandRecentPassword(ctx: Ctx): void {
  if (ctx.actor.front === null) return
  const age = ctx.session ? ctx.clock.now().getTime() - ctx.session.confirmedAt.getTime() : Infinity
  if (age >= RECENT_MS) throw new CauceError('session.confirm-password')
}

/** Takes the password again, for `demandRecentPassword`. Throws 403 `session.reauthenticate`, 429 `session.locked`. */
export async function confirmPassword(ctx: Ctx, password: string): Promise<void> {
  await reauthenticate(ctx, password)
  if (!ctx.session) return
  await ctx.db.sessions.updateOne({ _id: ctx.session.id }, { $set: { confirmedAt: ctx.clock.now() } })
}

/**
 * Asks for the password again before an act that binds. A wrong one counts as a failed sign-in. Throws 403
 * `session.reauthenticate`, 429 `session.locked`.
 */
export async function reauthenticate(ctx: Ctx, password: string | undefined): Promise<void> {
  const user = ctx.actor.id ? await ctx.db.users.get(ctx.actor.id) : null
  if (!user || password === undefined) throw new CauceError('session.reauthenticate')
  const attempt = await beginAttempt(ctx, user.email)
  if (!(await verifyPassword(user.passwordHash, password))) {
    await attempt.fail()
    throw new CauceError('session.reauthenticate')
  }
  await attempt.succeed()
}
