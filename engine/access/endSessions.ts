import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db, SessionDoc } from '../persistence/index.ts'

/**
 * Ends all sessions of a person and kills his password links, at once and in the caller's transaction: a new password,
 * a deactivation, "cerrar todas las sesiones". `keep`: the session that asks for it, where it may go on. Returns how many
 * sessions ended.
 */
export async function endSessionsOf(
  ctx: Ctx,
  db: Db,
  user: string,
  reason: string,
  keep?: string | null,
): Promise<number> {
  const others = keep ? { _id: { $ne: keep } } : {}
  const count = await db.sessions.deleteMany({ user, ...others })
  await db.passwordTokens.deleteMany({ user })
  if (count > 0)
    await writeAudit(ctx, db, { action: 'session.revoked', thing: 'session', details: { user, count, reason } })
  return count
}

/** The person's open sessions, the last used first. */
export async function findOwnSessions(ctx: Ctx): Promise<SessionDoc[]> {
  const now = ctx.clock.now()
  const sessions = await ctx.db.sessions.find(
    { user: ctx.actor.id, front: ctx.actor.front, expiresAt: { $gt: now } },
    { sort: { lastSeenAt: -1 }, limit: 100 },
  )
  return sessions.filter((session) => now.getTime() - session.lastSeenAt.getTime() <= session.idleMinutes * 60_000)
}

/** Ends one session of one's own. Throws 404 for anybody else's. */
export async function endOwnSession(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (db) => {
    if ((await db.sessions.deleteOne({ _id: id, user: ctx.actor.id })) === 0) throw new CauceError('thing.not-found')
    await writeAudit(ctx, db, {
      action: 'session.revoked',
      thing: 'session',
      details: { user: ctx.actor.id, count: 1, reason: 'own' },
    })
  })
}

/** Ends all sessions of one's own; with `others`, the one that asks stays. */
export async function endOwnSessions(ctx: Ctx, others: boolean): Promise<void> {
  const { id } = ctx.actor
  if (id === null) return
  await ctx.transaction((db) => endSessionsOf(ctx, db, id, 'own', others ? ctx.session?.id : null))
}
