import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto'
import type { Ctx } from '../../context.ts'

/** Keys for one purpose each, from SECRET_KEY: whoever has a copy of the database has neither secrets nor codes. */
const keyFor = (ctx: Ctx, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', ctx.config.secretKey, '', `cauce ${purpose}`, 32))

/** AES-256-GCM; nonce, tag and text, base64. `user` is bound to it: a row copied to another account opens nothing. */
export function encryptSecret(ctx: Ctx, user: string, secret: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(ctx, 'second factor'), nonce).setAAD(Buffer.from(user))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

/** Throws when SECRET_KEY is another than the one it was encrypted with. */
export function decryptSecret(ctx: Ctx, user: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(ctx, 'second factor'), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(user)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

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
