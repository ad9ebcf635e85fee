import type { PasswordTokenView } from '#engine/contract'
import { findPasswordToken, requestPasswordToken, setPasswordByToken, type Visit } from '../access/index.ts'
import type { Call, Handlers } from './Handler.ts'

/** Setting a password by a mailed link, for people who are not signed in. */
export const passwordHandlers: Handlers = {
  requestPasswordToken: async (call) => {
    await requestPasswordToken(call.ctx, call.body<{ email: string }>().email, visitOf(call))
    return {}
  },
  describePasswordToken: async (call): Promise<PasswordTokenView> => {
    const { token, user } = await findPasswordToken(call.ctx, call.body<{ token: string }>().token, visitOf(call))
    const left = token.expiresAt.getTime() - call.ctx.clock.now().getTime()
    return { email: user.email, purpose: token.purpose, secondsLeft: Math.ceil(left / 1000) }
  },
  setPassword: (call) =>
    setPasswordByToken(call.ctx, { ...call.body<{ token: string; password: string }>(), ...visitOf(call) }),
}

const visitOf = ({ req }: Call): Visit => ({ ip: req.ip ?? '', userAgent: req.get('user-agent') ?? '' })
