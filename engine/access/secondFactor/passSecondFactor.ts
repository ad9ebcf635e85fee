import { TOTP } from 'otpauth'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import type { Db, SecondFactorDoc, UserDoc } from '../../persistence/index.ts'
import type { SecondFactorPolicy } from '../accessPolicy.ts'
import { takeFromLimit } from '../attempts.ts'
import { secretMailRow } from '../accountMails.ts'
import { decryptSecret, hashCode, plainCode, sameHash } from './secrets.ts'

const STEP_SECONDS = 30
/** Clocks of telephones may be off by one step. */
const WINDOW = 1

/**
 * The second question of a sign-in. `passed`: go on; `enroll`: go on, but only to set one up; `{method}`: a code is
 * needed (one by mail is on its way); `refused`: it was wrong.
 */
export async function passSecondFactor(
  ctx: Ctx,
  user: UserDoc,
  policy: SecondFactorPolicy,
  otp: string | undefined,
): Promise<'passed' | 'enroll' | 'refused' | { method: 'app' | 'mail' }> {
  if (policy === 'off') return 'passed'
  const factor = await ctx.db.secondFactors.get(user._id)
  if (!factor?.method) return policy === 'required' ? 'enroll' : 'passed'
  if (otp === undefined || otp.trim() === '') {
    if (factor.method === 'mail') await mailCodeTo(ctx, ctx.db, user)
    return { method: factor.method }
  }
  return (await takeCode(ctx, factor, otp)) ? 'passed' : 'refused'
}

/** Sends a code for the second factor, at most one in half a minute and ten an hour. */
export async function mailCodeTo(ctx: Ctx, db: Db, user: Pick<UserDoc, '_id'>): Promise<void> {
  const often = { times: 1, perMs: 30_000 }
  const long = { times: 10, perMs: 3600_000 }
  if (!(await takeFromLimit(ctx, `code:${user._id}`, often))) return
  if (!(await takeFromLimit(ctx, `codes:${user._id}`, long))) return
  await db.outbox.insert(secretMailRow(ctx, { purpose: 'code', user: user._id }))
}

/** Takes a code of the app or of the mail, or a recovery code: each is good once. */
async function takeCode(ctx: Ctx, factor: SecondFactorDoc, otp: string): Promise<boolean> {
  const code = plainCode(otp)
  if (/^\d{6}$/.test(code)) {
    return factor.method === 'app' ? takeAppCode(ctx, factor, code) : takeMailCode(ctx, factor, code)
  }
  const hash = hashCode(ctx, factor._id, code)
  const used = await ctx.db.secondFactors.updateOne({ _id: factor._id, recovery: hash }, { $pull: { recovery: hash } })
  if (used === 0) return false
  await ctx.transaction((db) =>
    writeAudit(ctx, db, {
      action: 'second-factor.recovery-used',
      thing: 'account',
      details: { user: factor._id, left: factor.recovery.length - 1 },
    }),
  )
  return true
}

async function takeAppCode(ctx: Ctx, factor: SecondFactorDoc, code: string): Promise<boolean> {
  if (factor.secret === null) return false
  let secret: string
  try {
    secret = decryptSecret(ctx, factor._id, factor.secret)
  } catch {
    ctx.log.error(
      { user: factor._id },
      'second factor was encrypted with another SECRET_KEY; an administrator must reset it',
    )
    return false
  }
  const step = stepOf(ctx, secret, code)
  if (step === null) return false
  // Somebody who saw the code being typed cannot use it again, not even at the same moment.
  const taken = await ctx.db.secondFactors.updateOne(
    { _id: factor._id, lastStep: { $lt: step } },
    { $set: { lastStep: step } },
  )
  return taken > 0
}

async function takeMailCode(ctx: Ctx, factor: SecondFactorDoc, code: string): Promise<boolean> {
  const sent = factor.code
  if (!sent || new Date(sent.expiresAt) <= ctx.clock.now()) return false
  const hash = hashCode(ctx, factor._id, code)
  if (!sameHash(sent.hash, hash)) return false
  return (await ctx.db.secondFactors.updateOne({ _id: factor._id, 'code.hash': hash }, { $set: { code: null } })) > 0
}

/** The time step a code belongs to; null: it is not a code of this secret now. */
export function stepOf(ctx: Ctx, secret: string, code: string): number | null {
  const timestamp = ctx.clock.now().getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta
}

export const totpOf = (secret: string, names: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({ ...names, secret, digits: 6, period: STEP_SECONDS, algorithm: 'SHA1' })
