import { actorOf } from '../access/index.ts'
import { as, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { ImportDoc } from '../persistence/index.ts'

/**
 * The context of the person whose import it is, for the work that goes on without him: with the rights that he has now,
 * not those he had when he began. His password was asked for when he let it go on. @throws 403 for an account that ended
 */
export async function importContext(ctx: Ctx, job: ImportDoc): Promise<Ctx> {
  const user = await ctx.db.users.get(job.user)
  if (!user?.active) throw new CauceError('access.denied')
  const session = { id: `import:${job._id}`, confirmedAt: ctx.clock.now(), enrolling: false }
  return { ...as(ctx, actorOf(user, job.ip, job.userAgent)), session, requestId: job._id }
}
