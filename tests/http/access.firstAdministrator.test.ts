import { afterEach, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../engine/config.ts'
import { start, type Running } from '../../engine/main.ts'
import { startDevMail } from '../../engine/notify/index.ts'
import { Visitor } from './harness.ts'
import { goodPassword, tokenIn } from './passwordLinks.ts'

/** A production installation has nobody who can sign in, until its first administrator set his password. */
describe('the first administrator', () => {
  let undo: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const step of undo.reverse()) await step()
    undo = []
  })
  const email = 'jefa@empresa.pe'
  async function installation(more: Record<string, string> = {}): Promise<() => Promise<Running>> {
    const dataDir = await mkdtemp(join(tmpdir(), 'cauce-first-'))
    undo.push(() => rm(dataDir, { recursive: true, force: true }))
    return async () => {
      const config = readConfig({
        ...{ PORT: '0', PORTAL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', PACKS_DIR: resolve('definitions') },
        ...{ NODE_ENV: 'production', SECRET_KEY: 'k'.repeat(40), BASE_URL: 'https://staff.empresa.pe' },
        ...{ PORTAL_BASE_URL: 'https://portal.empresa.pe', FIRST_ADMIN_EMAIL: email },
        ...more,
      })
      const running = await start(config)
      undo.push(() => running.stop())
      return running
    }
  }
  const tokenOf = (address: string | null): string =>
    /^https:\/\/staff\.empresa\.pe\/contrasena#(.+)$/.exec(address ?? '')?.[1] ?? ''
  const origin = { headers: { origin: 'https://staff.empresa.pe' } }

  it('gets a link for one hour and one use when no mail server is configured; a restart makes another, until it is used', async () => {
    const begin = await installation()
    const first = await begin()
    const old = tokenOf(first.setUpAddress)
    expect(old).not.toBe('')
    const kept = await first.ctx.db.passwordTokens.find({})
    expect(kept.map(({ expiresAt, createdAt }) => expiresAt.getTime() - createdAt.getTime())).toEqual([3600_000])
    expect(JSON.stringify(kept)).not.toContain(old.split('.')[1])
    await first.stop()

    const second = await begin()
    const visitor = new Visitor(second.staffUrl)
    const token = tokenOf(second.setUpAddress)
    expect((await visitor.post('/api/password', { token: old, password: goodPassword }, origin)).status).toBe(410)
    expect((await visitor.post('/api/password', { token, password: goodPassword }, origin)).status).toBe(200)
    expect((await visitor.post('/api/password', { token, password: goodPassword }, origin)).status).toBe(410)
    const entered = await visitor.post('/api/session', { email, password: goodPassword }, origin)
    expect([entered.status, entered.body.user.roles]).toEqual([
      201,
      [{ key: 'superadmin', title: 'Superadministrador' }],
    ])
    // He stands among the other people, and completes his record himself.
    const [own] = (await visitor.get('/api/records/usuario', origin)).body.items
    expect(own.data).toMatchObject({ correo: email, roles: ['superadmin'], estado: 'Activo' })
    const completed = await visitor.patch(
      `/api/records/usuario/${own.id as string}`,
      {
        data: {
          ...{ tipoDocumento: 'DNI', numeroDocumento: '40506070', nombres: 'Julia', apellidos: 'Rey Paz' },
          celular: '987654321',
        },
      },
      { headers: { ...origin.headers, 'if-match': String(own.revision) } },
    )
    expect({ status: completed.status, issues: completed.body.issues }).toEqual({ status: 200, issues: undefined })
    await second.stop()

    const third = await begin()
    expect(third.setUpAddress).toBeNull()
    expect(await third.ctx.db.users.count({})).toBe(1)
  })

  it('gets the link by mail when there is a mail server, and nothing is printed', async () => {
    const post = await startDevMail()
    undo.push(() => post.stop())
    const running = await (await installation({ SMTP_URL: post.url }))()
    await running.jobs.wake()
    expect(running.setUpAddress).toBeNull()
    const [mail] = post.messages(email)
    expect(mail?.text).toContain('60 minutos')
    const answer = await new Visitor(running.staffUrl).post(
      '/api/password',
      { token: tokenIn(mail), password: goodPassword },
      origin,
    )
    expect(answer.status).toBe(200)
  })

  it('is not made where there are accounts already, or without the variable', async () => {
    const running = await (await installation({ FIRST_ADMIN_EMAIL: '' }))()
    expect([running.setUpAddress, await running.ctx.db.users.count({})]).toEqual([null, 0])
    expect(() => readConfig({ FIRST_ADMIN_EMAIL: 'nobody' })).toThrow(/FIRST_ADMIN_EMAIL/)
  })
})
