import { ACCOUNTS, demand, demandRecentPassword } from '../access/index.ts'
import { checkAccountRights } from '../access/accountRights.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import type { Db, UserDoc } from '../persistence/index.ts'

/**
 * The account an administrator is about to block or anonymise. Throws 403 without the right to the accounts or a recent
 * password, 404 for nobody, 409 `personal.own` for oneself, 422 for the last holder of a protected role.
 */
export async function personInHand(ctx: Ctx, db: Db, id: string): Promise<UserDoc> {
  await demand(ctx, ACCOUNTS, 'edit')
  demandRecentPassword(ctx)
  const user = await db.users.get(id)
  if (!user || user.anonymisedAt) throw new CauceError('thing.not-found')
  if (user._id === ctx.actor.id) throw new CauceError('personal.own')
  const definition = user.record ? (await entityOf(ctx, user.record.entity)).definition['x-account'] : undefined
  if (definition) {
    const issues = await checkAccountRights(ctx, db, definition, user, { ...user, active: false })
    if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  }
  return user
}
