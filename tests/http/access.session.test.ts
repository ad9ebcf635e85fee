import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { routes, type RouteDefinition } from '#engine/contract'
import { readConfig } from '../../engine/config.ts'
import { start, type Running } from '../../engine/main.ts'
import { demoPassword, signIn, startProduct, Visitor } from './harness.ts'
import { addAccount, askForLink, goodPassword, mailsTo } from './passwordLinks.ts'

/** Section 2 of the specification, and 9.11.1 for the portal: who gets in, for how long, and who does not. */
describe('sessions', () => {
  let product: Running
  beforeAll(async () => {
    product = await startProduct()
    product.clock?.freeze(new Date())
  })
  afterAll(async () => {
    await product.stop()
  })
  const minutes = (count: number): void => product.clock?.advance(count * 60_000)
  const enter = (email: string, password = demoPassword, more: object = {}, base = product.staffUrl) =>
    new Visitor(base).post('/api/session', { email, password, ...more })

  it('[FM-2-1] [FM-2-3] opens a session for a valid pair only', async () => {
    const visitor = new Visitor(product.staffUrl)
    const wrong = [
      { email: 'legal@demo.pe', password: 'not this one' },
      { email: 'nadie@demo.pe', password: demoPassword },
      { email: 'legal', password: demoPassword },
    ]
    for (const pair of wrong) {
      const answer = await visitor.post('/api/session', pair)
      expect([answer.status, answer.body.code, answer.headers.getSetCookie()]).toEqual([401, 'session.refused', []])
    }
    expect((await visitor.get('/api/session')).status).toBe(401)
    expect((await visitor.post('/api/session', { email: 'legal@demo.pe', password: demoPassword })).status).toBe(201)
    expect((await visitor.get('/api/session')).body.user.email).toBe('legal@demo.pe')
  })

  it('[FM-2-4] knows a user by the e-mail address only, in whatever case', async () => {
    expect((await enter('LEGAL@Demo.PE')).status).toBe(201)
    const user = await product.ctx.db.users.findOne({ email: 'legal@demo.pe' })
    for (const name of ['legal', user?.name ?? '', user?._id ?? '']) expect((await enter(name)).status).toBe(401)
  })

  it('[FM-2-2] answers nothing without a session but sign-in and passwords', async () => {
    const open = Object.entries(routes as Record<string, RouteDefinition>)
      .filter(([, route]) => route.session === false)
      .map(([name]) => name)
    // Whatever else answers without a session has to say so here. FM-D-016 (amended): people from outside ask for access.
    expect(open.sort()).toEqual([
      'describePasswordToken',
      'getPublicProcess',
      'health',
      'listPublicProcesses',
      'openapi',
      'ready',
      'requestPasswordToken',
      'setPassword',
      'signIn',
      'startPublicProcess',
    ])
    for (const [front, base] of [
      ['staff', product.staffUrl],
      ['portal', product.portalUrl],
    ] as const) {
      const visitor = new Visitor(base)
      for (const route of Object.values(routes as Record<string, RouteDefinition>)) {
        if (route.session === false || !route.fronts.includes(front)) continue
        const path = route.path.replace(/:\w+/g, 'x')
        const answer = await visitor.send(route.method, path, route.body ? { body: {} } : {})
        expect([route.method, path, answer.status, answer.body.code]).toEqual([
          route.method,
          path,
          401,
          'session.required',
        ])
      }
      expect((await visitor.get('/forms/form:x/abc/validator.js')).status).toBe(401)
    }
  })

  it('[FM-2-17] refuses a person who is not approved (inactive), with the answer of a wrong password', async () => {
    const email = 'por.aprobar@demo.pe'
    const id = await addAccount(product, email, { front: 'portal', roles: ['cliente'] })
    const token = await askForLink(product, email, product.portalUrl)
    await new Visitor(product.portalUrl).post('/api/password', { token, password: goodPassword })
    await product.ctx.db.users.updateOne({ _id: id }, { $set: { active: false } })
    const refused = await enter(email, goodPassword, {}, product.portalUrl)
    expect([refused.status, refused.body.code]).toEqual([401, 'session.refused'])
    await product.ctx.db.users.updateOne({ _id: id }, { $set: { active: true } })
    expect((await enter(email, goodPassword, {}, product.portalUrl)).status).toBe(201)
  })

  it('[FM-D-013] blocks fifteen minutes after five failures, the fifth included, and the right password too', async () => {
    const email = 'service.desk@demo.pe'
    for (let i = 0; i < 5; i++) expect((await enter(email, 'wrong')).status).toBe(401)
    const blocked = await enter(email)
    expect([blocked.status, blocked.body.code]).toEqual([429, 'session.locked'])
    expect(blocked.body.message).toContain('15 minutos')
    minutes(14)
    expect((await enter(email)).status).toBe(429)
    minutes(1)
    expect((await enter(email)).status).toBe(201)
    // A sign-in forgets the failures before it.
    for (let i = 0; i < 4; i++) await enter(email, 'wrong')
    expect((await enter(email)).status).toBe(201)
    for (let i = 0; i < 4; i++) await enter(email, 'wrong')
    expect((await enter(email)).status).toBe(201)
  })

  it('[FM-D-013] ends a session after sixty minutes without activity, and after twelve hours in any case', async () => {
    const visitor = await signIn(product.staffUrl, 'legal')
    minutes(60)
    expect((await visitor.get('/api/session')).status).toBe(200)
    minutes(61)
    expect((await visitor.get('/api/session')).status).toBe(401)
    const busy = await signIn(product.staffUrl, 'legal')
    for (let hour = 0; hour < 23; hour++) {
      minutes(30)
      expect((await busy.get('/api/session')).status).toBe(200)
    }
    minutes(30)
    expect((await busy.get('/api/session')).status).toBe(401)
  })

  it('[FM-9.11.1-5] [FM-D-022] remembers a session of the portal for 30 days, and none of the staff', async () => {
    const visitor = new Visitor(product.portalUrl)
    const answer = await visitor.post('/api/session', {
      email: 'cliente@demo.pe',
      password: demoPassword,
      remember: true,
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(/Max-Age=2592000; .*HttpOnly/)
    minutes(29 * 24 * 60)
    expect((await visitor.get('/api/session')).status).toBe(200)
    minutes(24 * 60)
    expect((await visitor.get('/api/session')).status).toBe(401)
    const staff = new Visitor(product.staffUrl)
    const plain = await staff.post('/api/session', { email: 'legal@demo.pe', password: demoPassword, remember: true })
    expect(plain.headers.getSetCookie()[0]).not.toContain('Max-Age')
    minutes(61)
    expect((await staff.get('/api/session')).status).toBe(401)
  })

  it('lists the own sessions and ends one, the others, or all', async () => {
    const [first, second, third] = [
      await signIn(product.staffUrl, 'supervisor.fm'),
      await signIn(product.staffUrl, 'supervisor.fm'),
      await signIn(product.staffUrl, 'supervisor.fm'),
    ]
    const other = await signIn(product.staffUrl, 'legal')
    const list = async (visitor: Visitor) =>
      (await visitor.get('/api/account/sessions')).body as { id: string; current: boolean; ip: string; since: string }[]
    const sessions = await list(first)
    expect(sessions.map(({ current }) => current).filter(Boolean)).toHaveLength(1)
    expect(sessions).toHaveLength(3)
    expect(sessions[0]?.ip).toMatch(/127\.0\.0\.1/)
    const secondsOwn = (await list(second)).find(({ current }) => current)?.id ?? ''
    // Of somebody else's it is not even said that it exists.
    expect((await other.delete(`/api/account/sessions/${secondsOwn}`)).status).toBe(404)
    expect((await first.delete(`/api/account/sessions/${secondsOwn}`)).status).toBe(204)
    expect((await second.get('/api/session')).status).toBe(401)
    expect((await first.post('/api/account/sessions/end', { others: true })).status).toBe(204)
    expect([(await first.get('/api/session')).status, (await third.get('/api/session')).status]).toEqual([200, 401])
    expect((await first.post('/api/account/sessions/end', {})).status).toBe(204)
    expect((await first.get('/api/session')).status).toBe(401)
    expect((await other.get('/api/session')).status).toBe(200)
  })

  it('ends at sign-out for good: the cookie is worth nothing afterwards', async () => {
    const visitor = new Visitor(product.staffUrl)
    const answer = await visitor.post('/api/session', { email: 'legal@demo.pe', password: demoPassword })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    await visitor.delete('/api/session')
    expect((await visitor.get('/api/session', { headers: { cookie } })).status).toBe(401)
  })

  it('[FM-2-8] writes sign-in, failed sign-in, block, sign-out and every step of a password with address and browser', async () => {
    const email = 'auditada@demo.pe'
    const id = await addAccount(product, email, { roles: ['planner'] })
    const visitor = new Visitor(product.staffUrl)
    const headers = { 'user-agent': 'Auditoria/1.0' }
    const token = await askForLink(product, email)
    await visitor.post('/api/password', { token, password: goodPassword }, { headers })
    minutes(2)
    const again = await askForLink(product, email)
    await visitor.post('/api/password', { token: again, password: 'Otra-distinta-77' }, { headers })
    await visitor.post('/api/session', { email, password: 'wrong' }, { headers })
    await visitor.post('/api/session', { email, password: 'Otra-distinta-77' }, { headers })
    await visitor.delete('/api/session', undefined, { headers })
    const rows = (await product.ctx.db.audit.find({}, { sort: { sequence: 1 } })).filter(
      ({ actor, details }) => actor === id || details.email === email || details.user === id,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'password.token-requested',
      'password.token-sent',
      'password.created',
      'password.token-requested',
      'password.token-sent',
      'password.reset',
      'session.refused',
      'session.opened',
      'session.closed',
    ])
    const own = rows.filter(({ action }) => /created|reset|refused|opened|closed/.test(action))
    expect(new Set(own.map(({ userAgent }) => userAgent))).toEqual(new Set(['Auditoria/1.0']))
    expect(own.every(({ ip }) => ip?.includes('127.0.0.1'))).toBe(true)
  })

  it('keeps locks, limits, sessions and links through a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cauce-restart-'))
    const config = readConfig({
      ...{ PORT: '0', PORTAL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', PACKS_DIR: resolve('definitions') },
    })
    let running = await start(config, { demo: 'records' })
    const attempt = (password: string) =>
      new Visitor(running.staffUrl).post('/api/session', { email: 'planner@demo.pe', password })
    const token = await askForLink(running, 'tecnico@demo.pe')
    for (let i = 0; i < 5; i++) await attempt('wrong')
    await running.stop()
    running = await start(config, { demo: 'records' })
    try {
      expect((await attempt(demoPassword)).body.code).toBe('session.locked')
      const nobody = new Visitor(running.staffUrl)
      await nobody.post('/api/password-tokens', { email: 'tecnico@demo.pe' })
      expect(await mailsTo(running, 'tecnico@demo.pe')).toEqual([])
      expect((await nobody.post('/api/password', { token, password: goodPassword })).status).toBe(200)
    } finally {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
