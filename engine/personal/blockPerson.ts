import { ACCOUNTS, demand, demandRecentPassword, endSessionsOf } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { personInHand } from './personInHand.ts'

/**
 * Blocks a person's data on request (Ley 29733): he cannot enter, whatever his record says, until it is lifted. Throws as
 * `personInHand`.
 */
export async function blockPerson(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.transaction(async (db) => {
    const user = await personInHand(ctx, db, id)
    await db.users.updateOne(
      { _id: id },
      {
        $set: {
          blocked: { at: ctx.clock.now(), by: ctx.actor.id, wasActive: user.blocked?.wasActive ?? user.active },
          active: false,
        },
      },
    )
    await endSessionsOf(ctx, db, id, 'blocked')
    await writeAudit(ctx, db, {
      action: 'personal.blocked',
      entity: user.record?.entity ?? null,
      record: user.record?.id ?? id,
      details: { reason },
    })
  })
}

/** Lifts a block: the account is as active as it was. 404 when there is none. */
export async function unblockPerson(ctx: Ctx, id: string, reason: string): Promise<void> {
  await demand(ctx, ACCOUNTS, 'edit')
  demandRecentPassword(ctx)
  await ctx.transaction(async (db) => {
    const user = await db.users.get(id)
    if (!user?.blocked || user.anonymisedAt) throw new CauceError('thing.not-found')
    await db.users.updateOne({ _id: id }, { $set: { blocked: null, active: user.blocked.wasActive } })
    await writeAudit(ctx, db, {
      action: 'personal.unblocked',
      entity: user.record?.entity ?? null,
      record: user.record?.id ?? id,
      details: { reason },
    })
  })
}
