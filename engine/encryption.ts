import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Ctx } from './context.ts'

/** Keys for one purpose each, from SECRET_KEY: whoever has a copy of the database has none of them. */
export const keyFor = ({ config }: Pick<Ctx, 'config'>, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', config.secretKey, '', `cauce ${purpose}`, 32))

/** What a text is encrypted for: `owner` is bound to it, so that a copy in another's place opens nothing. */
export interface Sealing {
  purpose: string
  owner: string
}

/** AES-256-GCM; nonce, tag and text, base64. */
export function encrypt(ctx: Pick<Ctx, 'config'>, { purpose, owner }: Sealing, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(ctx, purpose), nonce).setAAD(Buffer.from(owner))
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString('base64')
}

/** Throws when SECRET_KEY is another than the one it was encrypted with. */
export function decrypt(ctx: Pick<Ctx, 'config'>, { purpose, owner }: Sealing, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(ctx, purpose), bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
