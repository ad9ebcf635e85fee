import { randomUUID } from 'node:crypto'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'
import { protectedRoles } from './accessPolicy.ts'
import { pageAddress } from './accountMails.ts'
import { makePasswordToken, queuePasswordToken, tokenPath } from './passwordTokens.ts'

const SETUP_MINUTES = 60

/**
 * On an installation without accounts: makes the one that `FIRST_ADMIN_EMAIL` names, with the roles that the packs
 * protect. Returns the one-use address (60 minutes) where its password is created, to be told to whoever starts the
 * product, or null when it went by mail. As long as that account has no password, every start makes a new address.
 */
export async function prepareFirstAdministrator(ctx: Ctx, email: string | null): Promise<string | null> {
  if (email === null) return null
  const address = email.trim().toLowerCase()
  const isEmpty = (await ctx.db.users.count({}, 1)) === 0
  if (isEmpty) await create(ctx, address)
  const user = await ctx.db.users.findOne({ email: address })
  if (!user || user.passwordHash !== null) return null
  if (ctx.config.smtpUrl !== null) {
    if (isEmpty) await ctx.transaction((db) => queuePasswordToken(ctx, db, user._id, SETUP_MINUTES))
    return null
  }
  const token = await ctx.transaction((db) => makePasswordToken(ctx, db, user, SETUP_MINUTES))
  return pageAddress(ctx, user.front, tokenPath(token))
}

async function create(ctx: Ctx, email: string): Promise<void> {
  const packs = await packsOf(ctx).all(ctx)
  const roles = protectedRoles(packs)
  await ctx.transaction(async (db) => {
    await db.users.insert({
      ...{ _id: randomUUID(), email, name: email.split('@')[0] ?? email, roles, front: 'staff', passwordHash: null },
      ...{ scope: {}, active: true, failures: 0, lockedUntil: null, createdAt: ctx.clock.now() },
    })
    await writeAudit(ctx, db, { action: 'account.created', thing: 'account', details: { email, roles } })
  })
}
