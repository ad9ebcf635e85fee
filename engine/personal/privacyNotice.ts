import { randomUUID } from 'node:crypto'
import type { PrivacyView } from '#engine/contract'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import { isDuplicateKey } from '../persistence/index.ts'

/**
 * The privacy notice in force (FM-D-130, Ley 29733: who, what for, who gets it, how long, where to turn to) and whether
 * this person accepted this version of it. Null where no pack has one.
 */
export async function privacyNotice(ctx: Ctx): Promise<PrivacyView> {
  const notice = await noticeInForce(ctx)
  if (!notice) return null
  const accepted = await ctx.db.acceptances.findOne({ user: ctx.actor.id, version: notice.version })
  return { ...notice, acceptedAt: accepted?.at.toISOString() ?? null }
}

async function noticeInForce(ctx: Ctx) {
  const packs = await packsOf(ctx).all(ctx)
  return packs.map(({ pack }) => pack.manifest.privacy).find((notice) => notice !== undefined) ?? null
}

/**
 * Keeps that this person accepted this version, with moment and address. Again is no error.
 * @throws 409 `privacy.other-version` when another version is in force: the person has not read that one
 */
export async function acceptPrivacyNotice(ctx: Ctx, version: string): Promise<void> {
  const notice = await noticeInForce(ctx)
  if (notice?.version !== version) throw new CauceError('privacy.other-version')
  const { actor } = ctx
  if (actor.id === null) return
  const user = actor.id
  try {
    await ctx.transaction(async (db) => {
      const { ip, userAgent } = actor
      await db.acceptances.insert({ _id: randomUUID(), user, version, at: ctx.clock.now(), ip, userAgent })
      await writeAudit(ctx, db, { action: 'personal.accepted', details: { version } })
    })
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
}
