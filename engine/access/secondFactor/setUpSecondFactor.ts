import { Secret } from 'otpauth'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { packsOf } from '../../packs/index.ts'
import type { Db, SecondFactorDoc } from '../../persistence/index.ts'
import { secondFactorPolicy, type SecondFactorPolicy } from '../accessPolicy.ts'
import { beginAttempt } from '../attempts.ts'
import { demand } from '../permissions.ts'
import { demandRecentPassword } from '../recentPassword.ts'
import { mailCodeTo, stepOf, totpOf } from './passSecondFactor.ts'
import { decryptSecret, encryptSecret, hashCode, plainCode, recoveryCodes, sameHash } from './secrets.ts'

/** What begins in one sitting ends in it. */
const SETUP_MS = 15 * 60_000
/** The thing in the matrix whose `edit` lets an administrator help with other people's accounts. */
export const ACCOUNTS = 'accounts'

export interface SecondFactorState {
  policy: SecondFactorPolicy
  method: 'app' | 'mail' | null
  since: Date | null
  recoveryLeft: number
}

export async function secondFactorState(ctx: Ctx): Promise<SecondFactorState> {
  const [policy, factor] = await Promise.all([secondFactorPolicy(ctx, ctx.actor), ownFactor(ctx)])
  return {
    policy,
    method: factor?.method ?? null,
    since: factor?.enrolledAt ?? null,
    recoveryLeft: factor?.method ? factor.recovery.length : 0,
  }
}

/**
 * Begins to set up a second factor; what is in use stays in use until `confirmSecondFactor`. For the app: the secret,
 * to be typed, and the address that its QR code holds. For mail: a code is on its way. Needs a recent password.
 */
export async function beginSecondFactor(
  ctx: Ctx,
  method: 'app' | 'mail',
): Promise<{ method: 'app' | 'mail'; secret: string | null; uri: string | null }> {
  demandRecentPassword(ctx)
  const user = ownId(ctx)
  if ((await secondFactorPolicy(ctx, ctx.actor)) === 'off') throw new CauceError('second-factor.unavailable')
  const secret = method === 'app' ? new Secret({ size: 20 }).base32 : null
  const pending = {
    method,
    secret: secret && encryptSecret(ctx, user, secret),
    expiresAt: new Date(ctx.clock.now().getTime() + SETUP_MS),
  }
  if (await ownFactor(ctx)) await ctx.db.secondFactors.updateOne({ _id: user }, { $set: { pending } })
  else await ctx.db.secondFactors.insert({ ...nothing(user), pending })
  if (method === 'mail') await mailCodeTo(ctx, ctx.db, { _id: user })
  const [pack] = await packsOf(ctx).all(ctx)
  const issuer = pack?.pack.manifest.title ?? 'Cauce'
  return { method, secret, uri: secret && totpOf(secret, { issuer, label: ctx.actor.email ?? '' }).toString() }
}

/**
 * The first code shows that it works: from now on it is asked for. Returns the recovery codes, which nobody sees again.
 * Throws 401 `session.code-refused`; five wrong ones block as a wrong password does.
 */
export async function confirmSecondFactor(ctx: Ctx, given: string): Promise<string[]> {
  demandRecentPassword(ctx)
  const user = ownId(ctx)
  const factor = await ownFactor(ctx)
  const pending = factor?.pending
  if (!factor || !pending || new Date(pending.expiresAt) <= ctx.clock.now())
    throw new CauceError('session.code-refused')
  const attempt = await beginAttempt(ctx, ctx.actor.email ?? '')
  const step = pending.secret ? stepOf(ctx, decryptSecret(ctx, user, pending.secret), plainCode(given)) : 0
  const isMailed = pending.method === 'mail' && isMailCode(ctx, factor, plainCode(given))
  if (step === null || (pending.method === 'mail' && !isMailed)) {
    await attempt.fail()
    throw new CauceError('session.code-refused')
  }
  await attempt.succeed()
  const codes = recoveryCodes()
  await ctx.transaction(async (db) => {
    const { method, secret } = pending
    const recovery = codes.map((code) => hashCode(ctx, user, plainCode(code)))
    const enrolledAt = ctx.clock.now()
    await db.secondFactors.updateOne(
      { _id: user },
      { $set: { method, secret, lastStep: step, recovery, enrolledAt, pending: null, code: null } },
    )
    if (ctx.session) await db.sessions.updateOne({ _id: ctx.session.id }, { $set: { enrolling: false } })
    // What else was opened with the password alone asks for the code now.
    await db.sessions.deleteMany({ user, enrolling: true })
    await note(ctx, db, 'second-factor.enrolled', { user, method })
  })
  return codes
}

/** Ten new codes; the old ones are worth nothing. Needs a recent password. */
export async function renewRecoveryCodes(ctx: Ctx): Promise<string[]> {
  demandRecentPassword(ctx)
  const user = ownId(ctx)
  if (!(await ownFactor(ctx))?.method) throw new CauceError('second-factor.unavailable')
  const codes = recoveryCodes()
  await ctx.transaction(async (db) => {
    const recovery = codes.map((code) => hashCode(ctx, user, plainCode(code)))
    await db.secondFactors.updateOne({ _id: user }, { $set: { recovery } })
    await note(ctx, db, 'second-factor.codes-renewed', { user })
  })
  return codes
}

/** Switches one's own second factor off, where the policy does not demand it. Needs a recent password. */
export async function removeSecondFactor(ctx: Ctx): Promise<void> {
  demandRecentPassword(ctx)
  if ((await secondFactorPolicy(ctx, ctx.actor)) === 'required') throw new CauceError('second-factor.required')
  const user = ownId(ctx)
  await ctx.transaction(async (db) => {
    if ((await db.secondFactors.deleteOne({ _id: user })) > 0) await note(ctx, db, 'second-factor.removed', { user })
  })
}

/** An administrator frees somebody who lost both telephone and codes; the person's sessions end. */
export async function resetSecondFactor(ctx: Ctx, user: string): Promise<void> {
  await demand(ctx, ACCOUNTS, 'edit')
  demandRecentPassword(ctx)
  if (!(await ctx.db.users.get(user))) throw new CauceError('thing.not-found')
  await ctx.transaction(async (db) => {
    await db.secondFactors.deleteOne({ _id: user })
    await db.sessions.deleteMany({ user })
    await note(ctx, db, 'second-factor.reset', { user })
  })
}

function isMailCode(ctx: Ctx, { _id, code }: SecondFactorDoc, given: string): boolean {
  return !!code && new Date(code.expiresAt) > ctx.clock.now() && sameHash(code.hash, hashCode(ctx, _id, given))
}

const note = (ctx: Ctx, db: Db, action: string, details: Record<string, string>): Promise<void> =>
  writeAudit(ctx, db, { action, thing: 'account', details })

const ownFactor = (ctx: Ctx): Promise<SecondFactorDoc | null> => ctx.db.secondFactors.get(ownId(ctx))

function ownId(ctx: Ctx): string {
  if (ctx.actor.id === null) throw new CauceError('session.required')
  return ctx.actor.id
}

const nothing = (user: string): SecondFactorDoc => ({
  _id: user,
  method: null,
  secret: null,
  lastStep: 0,
  recovery: [],
  enrolledAt: null,
  pending: null,
  code: null,
})
