import type { AccountView, OwnSessionView } from '#engine/contract'
import {
  beginSecondFactor,
  changePassword,
  confirmPassword,
  confirmSecondFactor,
  endOwnSession,
  endOwnSessions,
  findOwnSessions,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  secondFactorState,
  sendPasswordToken,
} from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'
import type { Handlers } from './Handler.ts'
import { titledRoles } from './session.routes.ts'

/** "Mi cuenta", and what an administrator does for other people's accounts. */
export const accountHandlers: Handlers = {
  getAccount: ({ ctx }) => accountView(ctx),
  changePassword: ({ ctx, body }) => changePassword(ctx, body<{ current: string; password: string }>()),
  confirmPassword: ({ ctx, body }) => confirmPassword(ctx, body<{ password: string }>().password),
  listSessions: async ({ ctx }): Promise<OwnSessionView[]> =>
    (await findOwnSessions(ctx)).map(({ _id, userAgent, ip, createdAt, lastSeenAt, expiresAt }) => ({
      id: _id,
      current: _id === ctx.session?.id,
      userAgent,
      ip,
      since: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  endSession: ({ ctx, param }) => endOwnSession(ctx, param('id')),
  endSessions: ({ ctx, body }) => endOwnSessions(ctx, body<{ others?: boolean }>().others ?? false),
  beginSecondFactor: ({ ctx, body }) => beginSecondFactor(ctx, body<{ method: 'app' | 'mail' }>().method),
  confirmSecondFactor: async ({ ctx, body }) => ({
    recoveryCodes: await confirmSecondFactor(ctx, body<{ code: string }>().code),
  }),
  renewRecoveryCodes: async ({ ctx }) => ({ recoveryCodes: await renewRecoveryCodes(ctx) }),
  removeSecondFactor: ({ ctx }) => removeSecondFactor(ctx),
  sendPasswordToken: async ({ ctx, param }) => {
    await sendPasswordToken(ctx, param('id'))
    return {}
  },
  resetSecondFactor: ({ ctx, param }) => resetSecondFactor(ctx, param('id')),
}

async function accountView(ctx: Ctx): Promise<AccountView> {
  const { actor } = ctx
  const [packs, user, factor] = await Promise.all([
    packsOf(ctx).all(ctx),
    ctx.db.users.get(actor.id ?? ''),
    secondFactorState(ctx),
  ])
  return {
    name: actor.name,
    email: actor.email ?? '',
    roles: titledRoles(packs, actor.roles),
    passwordSetAt: user?.passwordSetAt?.toISOString() ?? null,
    secondFactor: { ...factor, since: factor.since?.toISOString() ?? null },
  }
}
