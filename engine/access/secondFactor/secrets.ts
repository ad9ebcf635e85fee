import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { decrypt, encrypt, keyFor, type Sealing } from '../../encryption.ts'

const sealingOf = (owner: string): Sealing => ({ purpose: 'second factor', owner })

/** `user` is bound to it: a row copied to another account opens nothing. */
export const encryptSecret = (ctx: Ctx, user: string, secret: string): string => encrypt(ctx, sealingOf(user), secret)

/** Throws when SECRET_KEY is another than the one it was encrypted with. */
export const decryptSecret = (ctx: Ctx, user: string, encrypted: string): string =>
  decrypt(ctx, sealingOf(user), encrypted)

/** A short code is guessed from its plain hash in no time: this one is keyed, and bound to the user. */
export function hashCode(ctx: Ctx, user: string, code: string): string {
  return createHmac('sha256', keyFor(ctx, 'codes')).update(`${user}:${code}`).digest('hex')
}

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export const mailCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** No 0 O 1 I L U: read aloud and typed from paper. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const RECOVERY_CODES = 10

/** Ten codes like `K7F4M-2QXWD`. */
export function recoveryCodes(): string[] {
  const letter = (): string => letters.charAt(randomInt(letters.length))
  const half = (): string => Array.from({ length: 5 }, letter).join('')
  return Array.from({ length: RECOVERY_CODES }, () => `${half()}-${half()}`)
}

/** As typed: blanks, hyphens and case do not count. */
export const plainCode = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, '')
