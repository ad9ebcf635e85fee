import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { demoPassword, signIn, startProduct, Visitor } from './harness.ts'
import { addAccount, askForLink, goodPassword, mailsTo } from './passwordLinks.ts'

/** What somebody tries who is not meant to get in. */
describe('attacks on sign-in', () => {
  let product: Running
  beforeAll(async () => {
    product = await startProduct()
    product.clock?.freeze(new Date())
  })
  afterAll(async () => {
    await product.stop()
  })
  // Each test comes from a stretch of time of its own: what one did does not limit the next.
  const anotherHour = (): void => product.clock?.advance(2 * 3600_000)
  const nobody = (): Visitor => new Visitor(product.staffUrl)
  const enter = (email: string, password: string, headers: Record<string, string> = {}) =>
    nobody().post('/api/session', { email, password }, { headers })

  it('credential stuffing: fifty failures from one address over many accounts stop it, right pairs included', async () => {
    anotherHour()
    for (let i = 0; i < 50; i++) expect((await enter(`victima${i}@demo.pe`, 'Stolen-password-1')).status).toBe(401)
    const stopped = await enter('legal@demo.pe', demoPassword)
    expect([stopped.status, stopped.body.code]).toEqual([429, 'request.too-many'])
    product.clock?.advance(15 * 60_000)
    expect((await enter('legal@demo.pe', demoPassword)).status).toBe(201)
  })

  it('credential stuffing: thirty guesses at once are five guesses', async () => {
    anotherHour()
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => enter('tecnico@demo.pe', `guess-${i}`)))
    const codes = answers.map(({ body }) => body.code as string)
    expect(codes.filter((code) => code === 'session.refused').length).toBeLessThanOrEqual(5)
    expect((await enter('tecnico@demo.pe', demoPassword)).body.code).toBe('session.locked')
  })

  it('enumeration: known and unknown addresses get the same answers, also when they are blocked', async () => {
    anotherHour()
    const answers = async (email: string) => {
      const seen: unknown[] = []
      for (let i = 0; i < 6; i++) {
        const { status, body } = await enter(email, 'wrong')
        seen.push([status, body.code, body.message])
      }
      return seen
    }
    expect(await answers('planner@demo.pe')).toEqual(await answers('no.existe@demo.pe'))
    const ask = async (email: string) => {
      const { status, body } = await nobody().post('/api/password-tokens', { email })
      return [status, body]
    }
    expect(await ask('planner@demo.pe')).toEqual(await ask('no.existe@demo.pe'))
  })

  it('enumeration by time: an unknown address costs the work of a wrong password', async () => {
    anotherHour()
    const time = async (email: string): Promise<number> => {
      const started = performance.now()
      await enter(email, 'wrong')
      return performance.now() - started
    }
    const [known, unknown]: [number[], number[]] = [[], []]
    await time('warm.up@demo.pe')
    for (const user of ['legal', 'planner', 'supervisor.fm', 'facility.manager', 'gerente.fm']) {
      known.push(await time(`${user}@demo.pe`))
      unknown.push(await time(`x.${user}@demo.pe`))
      known.push(await time(`${user}@demo.pe`))
      unknown.push(await time(`x.${user}@demo.pe`))
    }
    // Without the same work the ratio would be above five.
    // The shortest: whatever else the machine does only adds to it.
    const ratio = Math.min(...known) / Math.min(...unknown)
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })

  it('a right password at the wrong site is a failure like any other: it tells nothing', async () => {
    anotherHour()
    const portal = (email: string, password: string) =>
      new Visitor(product.portalUrl).post('/api/session', { email, password })
    for (let i = 0; i < 5; i++)
      expect((await portal('gerente.general@demo.pe', demoPassword)).body.code).toBe('session.refused')
    expect((await portal('gerente.general@demo.pe', demoPassword)).body.code).toBe('session.locked')
  })

  it('token guessing: unknown ids and wrong secrets answer the same, and an address is stopped', async () => {
    anotherHour()
    const email = 'adivinada@demo.pe'
    await addAccount(product, email, { roles: ['planner'] })
    const token = await askForLink(product, email)
    const guess = async (given: string) => {
      const { status, body } = await nobody().post('/api/password', { token: given, password: goodPassword })
      return [status, body.code, body.message, body.details]
    }
    const unknown = await guess('00000000-0000-4000-8000-000000000000.' + 'a'.repeat(43))
    expect(await guess(`${token.split('.')[0]}.${'a'.repeat(43)}`)).toEqual(unknown)
    for (const odd of ['', '.', 'a.b.c', '{"$gt":""}.x']) expect(await guess(odd)).toEqual(unknown)
    for (let i = 0; i < 60; i++) await guess(`no-${i}.x`)
    expect((await guess('no.x'))[0]).toBe(429)
    // The owner's own link still works: it is no guess.
    expect((await guess(token))[0]).toBe(200)
  })

  it('token replay: a link that was used sets no second password', async () => {
    anotherHour()
    const email = 'repetida@demo.pe'
    await addAccount(product, email, { roles: ['planner'] })
    const token = await askForLink(product, email)
    expect((await nobody().post('/api/password', { token, password: goodPassword })).status).toBe(200)
    expect((await nobody().post('/api/password', { token, password: 'Del-atacante-99' })).status).toBe(410)
    expect((await enter(email, goodPassword)).status).toBe(201)
    expect((await enter(email, 'Del-atacante-99')).status).toBe(401)
  })

  it('mail scanners: opening the link any number of times, by GET, HEAD or by looking, leaves it good', async () => {
    anotherHour()
    const email = 'escaneada@demo.pe'
    await addAccount(product, email, { roles: ['planner'] })
    const token = await askForLink(product, email)
    for (const method of ['GET', 'HEAD', 'GET']) {
      await nobody().send(method, '/contrasena')
      await nobody().send(method, `/contrasena?token=${token}`)
      expect((await nobody().send(method, '/api/password')).status).not.toBe(200)
    }
    for (let i = 0; i < 3; i++) expect((await nobody().post('/api/password-tokens/state', { token })).status).toBe(200)
    expect((await nobody().post('/api/password', { token, password: goodPassword })).status).toBe(200)
  })

  it('session fixation: the id a browser brings is never the id of its session', async () => {
    anotherHour()
    const brought = 'a'.repeat(43)
    const answer = await enter('legal@demo.pe', demoPassword, { cookie: `cauce_staff=${brought}` })
    const given = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(given).toMatch(/^cauce_staff=[\w-]{43}$/)
    expect(given).not.toContain(brought)
    expect((await nobody().get('/api/session', { headers: { cookie: `cauce_staff=${brought}` } })).status).toBe(401)
    const next = await enter('legal@demo.pe', demoPassword, { cookie: given })
    expect(next.headers.getSetCookie()[0]?.split(';')[0]).not.toBe(given)
  })

  it('cookies: out of reach of scripts, of other sites, and of the other front', async () => {
    anotherHour()
    const answer = await enter('legal@demo.pe', demoPassword)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const value = cookie.split(';')[0]?.split('=')[1] ?? ''
    const portal = new Visitor(product.portalUrl)
    for (const name of ['cauce_portal', 'cauce_staff'])
      expect((await portal.get('/api/session', { headers: { cookie: `${name}=${value}` } })).status).toBe(401)
    const secured = await startProduct({
      environment: { BASE_URL: 'https://staff.example.pe', PORTAL_BASE_URL: 'https://portal.example.pe' },
    })
    try {
      const secure = await new Visitor(secured.staffUrl).post(
        '/api/session',
        { email: 'legal@demo.pe', password: demoPassword },
        { headers: { origin: 'https://staff.example.pe' } },
      )
      expect(secure.headers.getSetCookie()[0]).toMatch(/^__Host-cauce_staff=.*Path=\/.*Secure/)
    } finally {
      await secured.stop()
    }
  })

  it('CSRF: a page of another origin changes nothing, whatever it pretends', async () => {
    anotherHour()
    const victim = await signIn(product.staffUrl, 'legal')
    const end = (headers: Record<string, string>) => victim.post('/api/account/sessions/end', {}, { headers })
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${product.staffUrl}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await end(headers as unknown as Record<string, string>)
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'request.origin'])
    }
    // A form can send text only: it is no JSON, so it says nothing.
    const form = await fetch(`${product.staffUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ email: 'legal@demo.pe', password: demoPassword }),
    })
    expect(form.status).toBe(400)
    expect((await victim.get('/api/session')).status).toBe(200)
  })

  it('host header and open redirect: the mailed link leads to the configured site, whatever the request says', async () => {
    anotherHour()
    await nobody().post(
      '/api/password-tokens',
      { email: 'facility.manager@demo.pe' },
      {
        headers: {
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          forwarded: 'host=evil.example',
          referer: 'https://evil.example/?next=//evil.example',
        },
      },
    )
    const [mail] = await mailsTo(product, 'facility.manager@demo.pe')
    const links = [...`${mail?.text} ${mail?.html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link)
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(link.startsWith(`${product.ctx.config.baseUrl}/contrasena#`)).toBe(true)
    expect(`${mail?.text}${mail?.html}`).not.toContain('evil.example')
    await new Visitor(product.staffUrl).post('/api/password-tokens', { email: 'cliente@demo.pe' })
    const [outside] = await mailsTo(product, 'cliente@demo.pe')
    expect(outside?.text).toContain(`${product.ctx.config.portalBaseUrl}/contrasena#`)
  })

  it('address spoofing: X-Forwarded-For counts only where a proxy is configured', async () => {
    anotherHour()
    const guess = (i: number, base: string) =>
      new Visitor(base).post(
        '/api/session',
        { email: `otra${i}@demo.pe`, password: 'wrong' },
        { headers: { 'x-forwarded-for': `203.0.113.${i}` } },
      )
    for (let i = 0; i < 50; i++) await guess(i, product.staffUrl)
    expect((await guess(51, product.staffUrl)).status).toBe(429)
    const [row] = await product.ctx.db.audit.find({ action: 'session.refused' }, { sort: { at: -1 }, limit: 1 })
    expect(row?.ip).toContain('127.0.0.1')

    const behind = await startProduct({ environment: { TRUST_PROXY: '1' } })
    try {
      // The proxy appends the address it saw; what stands before it is the client's own story.
      const spoofed = await new Visitor(behind.staffUrl).post(
        '/api/session',
        { email: 'otra@demo.pe', password: 'wrong' },
        { headers: { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' } },
      )
      expect(spoofed.status).toBe(401)
      const [seen] = await behind.ctx.db.audit.find({ action: 'session.refused' })
      expect(seen?.ip).toBe('203.0.113.7')
    } finally {
      await behind.stop()
    }
  })
})
