import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import type { Running } from '../../engine/main.ts'
import { startProduct, Visitor } from './harness.ts'
import { goodPassword } from './passwordLinks.ts'

async function freePort(): Promise<number> {
  const server: Server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

let product: Running
let port: number
let server: SMTPServer | null = null
const received: string[] = []
beforeAll(async () => {
  port = await freePort()
  product = await startProduct({ environment: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
  product.clock?.freeze(new Date())
})
afterAll(async () => {
  await product.stop()
  await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()))
})

it('a mail server that is down delays a password link, whose minutes begin when it leaves', async () => {
  const visitor = new Visitor(product.staffUrl)
  expect((await visitor.post('/api/password-tokens', { email: 'planner@demo.pe' })).status).toBe(202)
  await product.jobs.wake()
  expect(
    (await product.ctx.db.outbox.find({ kind: 'secret-mail', status: { $ne: 'sent' } })).map(({ status }) => status),
  ).toEqual(['pending'])

  server = new SMTPServer({
    ...{ disabledCommands: ['AUTH', 'STARTTLS'], closeTimeout: 100 },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push(
          Buffer.concat(parts)
            .toString()
            .replace(/=\r?\n/g, '')
            .replace(/=3D/g, '='),
        )
        done()
      })
    },
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  product.clock?.advance(20 * 60_000)
  await product.jobs.wake()
  const token = /\/contrasena#([\w.-]+)/.exec(received[0] ?? '')?.[1] ?? ''
  const state = await visitor.post('/api/password-tokens/state', { token })
  expect([state.status, state.body.secondsLeft]).toEqual([200, 300])
  expect((await visitor.post('/api/password', { token, password: goodPassword })).status).toBe(200)
})
