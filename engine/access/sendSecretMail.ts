import type { Ctx } from '../context.ts'
import { mailPortOf, type Recipient, type RenderedTemplate } from '../notify/index.ts'
import type { OutboxDoc, UserDoc } from '../persistence/index.ts'
import { pageAddress, renderAccountMail, type SecretMail } from './accountMails.ts'
import { hashCode, mailCode } from './secondFactor/secrets.ts'
import { makePasswordToken, TOKEN_MINUTES, tokenPath } from './passwordTokens.ts'

const CODE_MINUTES = 5

/**
 * Sends a mail that holds a secret. The secret is made now, so that neither the queue nor a backup of it ever holds one,
 * and its minutes begin when the mail leaves; a second try makes another. An address without an account, or of somebody
 * who may not sign in, gets nothing. Rejects when the mail server does not take it.
 */
export async function sendSecretMail(
  ctx: Ctx,
  row: Pick<OutboxDoc, '_id' | 'attempts' | 'payload' | 'createdAt'>,
): Promise<void> {
  const mail = row.payload as unknown as SecretMail
  const user = await ctx.db.users.findOne('email' in mail ? { email: mail.email } : { _id: mail.user })
  if (!user?.active) return
  // A code is for a sign-in that is going on; nobody waits for it any more.
  if (mail.purpose === 'code' && ctx.clock.now().getTime() - row.createdAt.getTime() > CODE_MINUTES * 60_000) return
  const recipient = { user: user._id, name: user.name, email: user.email, front: user.front }
  const rendered =
    mail.purpose === 'code'
      ? await renderAccountMail(ctx, 'code', recipient, { code: await newCode(ctx, user), minutes: CODE_MINUTES })
      : await passwordMail(ctx, user, recipient, ('minutes' in mail && mail.minutes) || TOKEN_MINUTES)
  const { name, email } = user
  // Every try holds another secret: it is another mail.
  await mailPortOf(ctx).send({ id: `${row._id}-${row.attempts}`, to: { name, address: email }, ...rendered })
}

async function passwordMail(ctx: Ctx, user: UserDoc, recipient: Recipient, minutes: number): Promise<RenderedTemplate> {
  const token = await ctx.transaction((db) => makePasswordToken(ctx, db, user, minutes))
  const name = user.passwordHash === null ? 'create' : 'reset'
  return renderAccountMail(ctx, name, recipient, { minutes }, pageAddress(ctx, user.front, tokenPath(token)))
}

async function newCode(ctx: Ctx, user: UserDoc): Promise<string> {
  const code = mailCode()
  const expiresAt = new Date(ctx.clock.now().getTime() + CODE_MINUTES * 60_000)
  await ctx.db.secondFactors.updateOne(
    { _id: user._id },
    { $set: { code: { hash: hashCode(ctx, user._id, code), expiresAt } } },
  )
  return code
}
