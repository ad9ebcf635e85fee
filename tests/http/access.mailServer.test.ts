import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { startProduct, Visitor } from './harness.ts'
import { goodPassword } from './passwordLinks.ts'
import { SwitchedMailServer } from './SwitchedMailServer.ts'

let product: Running
const post = new SwitchedMailServer()
beforeAll(async () => {
  product = await startProduct({ environment: { SMTP_URL: await post.open() } })
  product.clock?.freeze(new Date())
})
afterAll(async () => {
  await product.stop()
  await post.close()
})

it('a mail server that is down delays a password link, whose minutes begin when it leaves', async () => {
  const visitor = new Visitor(product.staffUrl)
  expect((await visitor.post('/api/password-tokens', { email: 'planner@demo.pe' })).status).toBe(202)
  await product.jobs.wake()
  expect(
    (await product.ctx.db.outbox.find({ kind: 'secret-mail', status: { $ne: 'sent' } })).map(({ status }) => status),
  ).toEqual(['pending'])

  post.on()
  product.clock?.advance(20 * 60_000)
  await product.jobs.wake()
  const text = post.received[0]?.text.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
  const token = /\/contrasena#([\w.-]+)/.exec(text ?? '')?.[1] ?? ''
  const state = await visitor.post('/api/password-tokens/state', { token })
  expect([state.status, state.body.secondsLeft]).toEqual([200, 300])
  expect((await visitor.post('/api/password', { token, password: goodPassword })).status).toBe(200)
})
