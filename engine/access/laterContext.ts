import { as, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { actorOf } from './sessions.ts'

/**
 * The context of the person who asked for work that goes on without him (an import, an export): with the rights that he
 * has now, not those he had when he asked. His password was asked for then. @throws 403 for an account that ended
 */
export async function laterContext(
  ctx: Ctx,
  work: { _id: string; user: string; ip: string | null; userAgent: string | null },
): Promise<Ctx> {
  const user = await ctx.db.users.get(work.user)
  if (!user?.active) throw new CauceError('access.denied')
  const session = { id: `work:${work._id}`, confirmedAt: ctx.clock.now(), enrolling: false }
  return { ...as(ctx, actorOf(user, work.ip, work.userAgent)), session, requestId: work._id }
}
