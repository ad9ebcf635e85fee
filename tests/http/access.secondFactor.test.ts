import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { TOTP } from 'otpauth'
import type { Running } from '../../engine/main.ts'
import { demoPassword, signIn, startProduct, Visitor, type Answer } from './harness.ts'
import { askForLink, goodPassword, mailsTo } from './passwordLinks.ts'

/** FM-D-023: the second factor, and who decides on it. */
describe('the second factor', () => {
  let product: Running
  beforeAll(async () => {
    product = await startProduct()
    product.clock?.freeze(new Date())
  })
  afterAll(async () => {
    await product.stop()
  })
  const seconds = (count: number): void => product.clock?.advance(count * 1000)
  const codeOf = (secret: string, off = 0): string =>
    new TOTP({ secret }).generate({ timestamp: (product.clock?.now().getTime() ?? 0) + off * 1000 })
  const enter = async (
    user: string,
    otp?: string,
    base = product.staffUrl,
  ): Promise<{ visitor: Visitor; answer: Answer }> => {
    const visitor = new Visitor(base)
    const answer = await visitor.post('/api/session', {
      ...{ email: `${user}@demo.pe`, password: demoPassword },
      ...(otp === undefined ? {} : { otp }),
    })
    return { visitor, answer }
  }
  /** As the Gerente de FM does on the page Configuración. */
  const policy = async (values: Record<string, unknown>): Promise<void> => {
    const manager = await signIn(product.staffUrl, 'gerente.fm', demoPassword)
    const tabs = (await manager.get('/api/settings')).body as { tab: string; data: object; revision: number }[]
    const tab = tabs.find((item) => item.tab === 'segundoFactor')
    const answer = await manager.put(
      '/api/settings/fm/segundoFactor',
      { data: { modo: 'no', sitios: [], roles: [], clientes: [], ...values } },
      { headers: { 'if-match': String(tab?.revision) } },
    )
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 200, issues: undefined })
  }
  const enroll = async (visitor: Visitor): Promise<{ secret: string; codes: string[] }> => {
    const begun = await visitor.post('/api/account/second-factor', { method: 'app' })
    expect(begun.status).toBe(200)
    const secret = begun.body.secret as string
    const confirmed = await visitor.post('/api/account/second-factor/confirm', { code: codeOf(secret) })
    expect(confirmed.status).toBe(200)
    seconds(90)
    return { secret, codes: confirmed.body.recoveryCodes as string[] }
  }

  it('is off by default, and then it cannot be set up', async () => {
    const visitor = await signIn(product.staffUrl, 'legal')
    expect((await visitor.get('/api/account')).body.secondFactor).toEqual({
      ...{ policy: 'off', method: null, since: null, recoveryLeft: 0 },
    })
    expect((await visitor.post('/api/account/second-factor', { method: 'app' })).body.code).toBe(
      'second-factor.unavailable',
    )
  })

  it('[FM-9.11.1-6] is the Gerente de FM’s to decide, and nobody else’s', async () => {
    for (const user of ['superadmin', 'facility.manager', 'legal']) {
      const visitor = await signIn(product.staffUrl, user)
      const answer = await visitor.put(
        '/api/settings/fm/segundoFactor',
        { data: { modo: 'obligatorio' } },
        { headers: { 'if-match': '0' } },
      )
      expect([user, answer.status]).toEqual([user, 403])
    }
    await policy({ modo: 'opcional' })
    const visitor = await signIn(product.staffUrl, 'legal')
    expect((await visitor.get('/api/account')).body.secondFactor.policy).toBe('optional')
  })

  it('asks for the code of the app after the password, takes each code once, and keeps the secret encrypted', async () => {
    await policy({ modo: 'opcional' })
    const own = await signIn(product.staffUrl, 'legal')
    const begun = await own.post('/api/account/second-factor', { method: 'app' })
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Cauce%20FM:legal%40demo\.pe\?/)
    const secret = begun.body.secret as string
    expect((await own.post('/api/account/second-factor/confirm', { code: '000000' })).body.code).toBe(
      'session.code-refused',
    )
    // Not confirmed yet: the password is still enough.
    expect((await enter('legal')).answer.status).toBe(201)
    const confirmed = await own.post('/api/account/second-factor/confirm', { code: codeOf(secret) })
    expect(confirmed.body.recoveryCodes).toHaveLength(10)

    const asked = (await enter('legal')).answer
    expect([asked.status, asked.body.code, asked.body.details]).toEqual([
      401,
      'session.second-factor',
      { method: 'app' },
    ])
    expect(asked.headers.getSetCookie()).toEqual([])
    // The code that confirmed it was used up by that.
    expect((await enter('legal', codeOf(secret))).answer.body.code).toBe('session.code-refused')
    seconds(30)
    const code = codeOf(secret)
    const both = await Promise.all([enter('legal', code), enter('legal', code)])
    expect(both.map(({ answer }) => answer.status).sort()).toEqual([201, 401])
    expect((await enter('legal', code)).answer.status).toBe(401)
    seconds(60)
    // A telephone whose clock is half a minute slow.
    expect((await enter('legal', codeOf(secret, -30))).answer.status).toBe(201)
    seconds(60)
    expect((await enter('legal', codeOf(secret, -120))).answer.status).toBe(401)

    const kept = JSON.stringify(await product.ctx.db.secondFactors.find({}))
    expect(kept).not.toContain(secret)
    for (const recovery of confirmed.body.recoveryCodes as string[])
      expect(kept).not.toContain(recovery.replace('-', ''))
  })

  it('counts wrong codes as failures: five of them block, and right passwords in between forgive none', async () => {
    await policy({ modo: 'opcional' })
    const { secret } = await enroll(await signIn(product.staffUrl, 'planner'))
    for (let i = 0; i < 5; i++) {
      expect((await enter('planner')).answer.body.code).toBe('session.second-factor')
      expect((await enter('planner', '000000')).answer.body.code).toBe('session.code-refused')
    }
    expect((await enter('planner', codeOf(secret))).answer.body.code).toBe('session.locked')
    seconds(15 * 60)
    expect((await enter('planner', codeOf(secret))).answer.status).toBe(201)
  })

  it('takes each recovery code once, and new ones kill the old', async () => {
    await policy({ modo: 'opcional' })
    const { secret, codes } = await enroll(await signIn(product.staffUrl, 'tecnico'))
    const typed = (codes[0] ?? '').toLowerCase().replace('-', ' ')
    expect((await enter('tecnico', typed)).answer.status).toBe(201)
    expect((await enter('tecnico', typed)).answer.body.code).toBe('session.code-refused')
    const { visitor } = await enter('tecnico', codeOf(secret))
    expect((await visitor.get('/api/account')).body.secondFactor.recoveryLeft).toBe(9)
    const renewed = (await visitor.post('/api/account/second-factor/recovery-codes', {})).body.recoveryCodes as string[]
    expect((await enter('tecnico', codes[1])).answer.status).toBe(401)
    expect((await enter('tecnico', renewed[1])).answer.status).toBe(201)
  })

  it('is asked for after a new password too: a mailbox alone is not enough', async () => {
    await policy({ modo: 'opcional' })
    const { secret } = await enroll(await signIn(product.staffUrl, 'gerente.general'))
    const token = await askForLink(product, 'gerente.general@demo.pe')
    const visitor = new Visitor(product.staffUrl)
    expect((await visitor.post('/api/password', { token, password: goodPassword })).status).toBe(200)
    const pair = { email: 'gerente.general@demo.pe', password: goodPassword }
    expect((await visitor.post('/api/session', pair)).body.code).toBe('session.second-factor')
    expect((await visitor.post('/api/session', { ...pair, otp: codeOf(secret) })).status).toBe(201)
  })

  it('sends the code by mail to who chose that: five minutes, once, never in the queue', async () => {
    await policy({ modo: 'opcional' })
    const own = await signIn(product.staffUrl, 'supervisor.fm')
    const mailed = async (): Promise<string> =>
      /\d{6}/.exec((await mailsTo(product, 'supervisor.fm@demo.pe'))[0]?.subject ?? '')?.[0] ?? ''
    await own.post('/api/account/second-factor', { method: 'mail' })
    expect((await own.post('/api/account/second-factor/confirm', { code: await mailed() })).status).toBe(200)
    seconds(31)
    const asked = (await enter('supervisor.fm')).answer
    expect(asked.body.details).toEqual({ method: 'mail' })
    const code = await mailed()
    expect(JSON.stringify(await product.ctx.db.outbox.find({ kind: 'secret-mail' }))).not.toContain(code)
    expect((await enter('supervisor.fm', code)).answer.status).toBe(201)
    expect((await enter('supervisor.fm', code)).answer.status).toBe(401)
    seconds(31)
    await enter('supervisor.fm')
    const late = await mailed()
    seconds(300)
    expect((await enter('supervisor.fm', late)).answer.status).toBe(401)
  })

  it('where it is mandatory and missing, the session may set it up and nothing else', async () => {
    await policy({ roles: ['facility-manager'] })
    const { visitor, answer } = await enter('facility.manager')
    expect([answer.status, answer.body.enrolling]).toEqual([201, true])
    for (const path of ['/api/tasks', '/api/records/contrato', '/api/account/sessions', '/api/entities'])
      expect([path, (await visitor.get(path)).body.code]).toEqual([path, 'session.enroll'])
    const { secret } = await enroll(visitor)
    expect((await visitor.get('/api/tasks')).status).toBe(200)
    seconds(300)
    expect((await visitor.delete('/api/account/second-factor')).body.code).toBe('session.confirm-password')
    expect((await visitor.post('/api/session/confirm', { password: demoPassword })).status).toBe(204)
    expect((await visitor.delete('/api/account/second-factor')).body.code).toBe('second-factor.required')
    expect((await enter('facility.manager')).answer.status).toBe(401)
    expect((await enter('facility.manager', codeOf(secret))).answer.status).toBe(201)
    // Nobody else is asked.
    expect((await enter('service.desk')).answer.body.enrolling).toBe(false)
  })

  it('[FM-D-023] can be demanded of one client, of a site, or of all', async () => {
    const own = await product.ctx.db.users.findOne({ email: 'cliente@demo.pe' })
    const enrolling = async (user: string): Promise<boolean> =>
      (await enter(user, undefined, product.portalUrl)).answer.body.enrolling as boolean
    await policy({ clientes: own?.scope.clientes ?? [] })
    expect([await enrolling('cliente'), await enrolling('cliente2')]).toEqual([true, false])
    await policy({ sitios: ['portal'] })
    expect([await enrolling('cliente'), await enrolling('cliente2')]).toEqual([true, true])
    expect((await enter('service.desk')).answer.body.enrolling).toBe(false)
    await policy({ modo: 'obligatorio' })
    expect((await enter('service.desk')).answer.body.enrolling).toBe(true)
    // The manager himself must set it up now, and then decides again.
    const { visitor } = await enter('gerente.fm')
    const { secret } = await enroll(visitor)
    const [tab] = ((await visitor.get('/api/settings')).body as { tab: string; revision: number }[]).filter(
      (item) => item.tab === 'segundoFactor',
    )
    const answer = await visitor.put(
      '/api/settings/fm/segundoFactor',
      { data: { modo: 'no' } },
      { headers: { 'if-match': String(tab?.revision) } },
    )
    expect(answer.status).toBe(200)
    expect((await enter('gerente.fm')).answer.status).toBe(201)
    expect(secret).toBeTruthy()
  })

  it('is reset by an administrator with a fresh password, written down, and the person’s sessions end', async () => {
    const person = await signIn(product.staffUrl, 'tecnico')
    const id = (await person.get('/api/session')).body.user.id as string
    const reset = (visitor: Visitor) => visitor.delete(`/api/accounts/${id}/second-factor`)
    expect((await reset(await signIn(product.staffUrl, 'gerente.fm'))).status).toBe(403)
    const admin = await signIn(product.staffUrl, 'superadmin')
    seconds(300)
    expect((await reset(admin)).body.code).toBe('session.confirm-password')
    expect((await admin.post('/api/session/confirm', { password: 'wrong' })).body.code).toBe('session.reauthenticate')
    expect((await admin.post('/api/session/confirm', { password: demoPassword })).status).toBe(204)
    expect((await reset(admin)).status).toBe(204)
    expect((await person.get('/api/session')).status).toBe(401)
    const rows = await product.ctx.db.audit.find({ action: 'second-factor.reset' })
    expect(rows.map(({ details }) => details)).toEqual([{ user: id }])
  })

  it('[FM-2-12] tells whom Configuración names of a new password, from the next one on', async () => {
    const admin = await signIn(product.staffUrl, 'superadmin')
    const tabs = (await admin.get('/api/settings')).body as { tab: string; revision: number }[]
    const revision = tabs.find(({ tab }) => tab === 'acceso')?.revision
    const save = (avisos: string[]) =>
      admin.put(
        '/api/settings/fm/acceso',
        { data: { avisos, inactividad: 60 } },
        { headers: { 'if-match': String(revision) } },
      )
    const wrong = await save(['not an address'])
    expect([wrong.status, wrong.body.code]).toEqual([422, 'form.invalid'])
    expect((await save(['seguridad@empresa.pe', 'sistemas@empresa.pe'])).status).toBe(200)
    expect((await save([])).body.code).toBe('draft.stale')
    const before = await mailsTo(product, 'superadmin@demo.pe')
    const person = await signIn(product.staffUrl, 'service.desk')
    await person.post('/api/account/password', { current: demoPassword, password: goodPassword })
    for (const email of ['seguridad@empresa.pe', 'sistemas@empresa.pe'])
      expect((await mailsTo(product, email)).map(({ subject }) => subject)).toEqual([
        expect.stringContaining('se cambió'),
      ])
    expect(await mailsTo(product, 'superadmin@demo.pe')).toEqual(before)
  })
})
