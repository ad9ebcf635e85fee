import { randomUUID } from 'node:crypto'
import { expect } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import type { DevMessage } from '../../engine/notify/index.ts'
import { Visitor } from './Visitor.ts'

/** A password that breaks no rule. */
export const goodPassword = 'Cauce-tranquilo-42'

/** The token of a mailed link: what stands behind its `#`. */
export function tokenIn(mail: DevMessage | undefined): string {
  const token = /\/contrasena#([\w.-]+)/.exec(mail?.text ?? '')?.[1]
  expect({ to: mail?.to, hasLink: token !== undefined }).toEqual({ to: mail?.to, hasLink: true })
  return token ?? ''
}

/** Mails to an address, the newest first, once everything due was sent. */
export async function mailsTo(product: Running, email: string): Promise<DevMessage[]> {
  await product.jobs.wake()
  return product.devMail?.messages(email) ?? []
}

/** Asks for a link as the sign-in page does, and gives the token that came by mail. */
export async function askForLink(product: Running, email: string, base = product.staffUrl): Promise<string> {
  const before = (await mailsTo(product, email)).length
  const answer = await new Visitor(base).post('/api/password-tokens', { email })
  expect(answer.status).toBe(202)
  const mails = await mailsTo(product, email)
  expect(mails.length).toBe(before + 1)
  return tokenIn(mails[0])
}

/** An account that has no password yet, as the record of a new person leaves it. */
export async function addAccount(
  product: Running,
  email: string,
  more: { roles?: string[]; front?: 'staff' | 'portal'; active?: boolean } = {},
): Promise<string> {
  const _id = randomUUID()
  await product.ctx.db.users.insert({
    ...{ _id, email, name: email.split('@')[0] ?? email, roles: [], front: 'staff', passwordHash: null, scope: {} },
    ...{ active: true, failures: 0, lockedUntil: null, createdAt: product.ctx.clock.now() },
    ...more,
  })
  return _id
}
