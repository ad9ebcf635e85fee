import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { demoPassword, signIn, startProduct, Visitor } from './harness.ts'
import { addAccount, askForLink, goodPassword, mailsTo, tokenIn } from './passwordLinks.ts'

/** Section 2 of the specification: passwords are made by their owner, through a mailed token. */
describe('passwords', () => {
  let product: Running
  let nobody: Visitor
  beforeAll(async () => {
    product = await startProduct()
    nobody = new Visitor(product.staffUrl)
    product.clock?.freeze(new Date())
  })
  afterAll(async () => {
    await product.stop()
  })
  const advance = (seconds: number): void => product.clock?.advance(seconds * 1000)
  const state = (token: string) => nobody.post('/api/password-tokens/state', { token })
  const set = (token: string, password = goodPassword) => nobody.post('/api/password', { token, password })
  const enter = (email: string, password = goodPassword) =>
    new Visitor(product.staffUrl).post('/api/session', { email, password })
  let count = 0
  const person = async (): Promise<string> => {
    const email = `persona${(count += 1)}@demo.pe`
    await addAccount(product, email, { roles: ['planner'] })
    return email
  }

  it('[FM-2-5] [FM-2-6] lets a new user create the password with the token of his mail; nobody else ever has it', async () => {
    const email = await person()
    expect((await enter(email)).status).toBe(401)
    const token = await askForLink(product, email)
    const [mail] = await mailsTo(product, email)
    expect(mail?.subject).toBe('Cree su contraseña de Cauce FM')
    expect(mail?.text).toContain(`${product.ctx.config.baseUrl}/contrasena#${token}`)
    expect((await state(token)).body).toEqual({ email, purpose: 'create', secondsLeft: 300 })
    expect((await set(token)).body).toEqual({ email })
    expect((await enter(email)).status).toBe(201)

    // Neither the token nor the password is kept anywhere, only hashes.
    const [, secret = ''] = token.split('.')
    const { users, outbox, passwordTokens, audit } = product.ctx.db
    const kept = JSON.stringify(await Promise.all([users, outbox, passwordTokens, audit].map((part) => part.find({}))))
    expect([kept.includes(secret), kept.includes(goodPassword)]).toEqual([false, false])
    expect((await users.findOne({ email }))?.passwordHash).toMatch(/^\$argon2id\$/)
  })

  it('[FM-2-7] [FM-D-010] takes the token before 5:00 minutes and refuses it from then on', async () => {
    const [early, late] = [await person(), await person()]
    const good = await askForLink(product, early)
    advance(299)
    expect((await state(good)).body.secondsLeft).toBe(1)
    expect((await set(good)).status).toBe(200)
    const old = await askForLink(product, late)
    advance(300)
    const refused = await set(old)
    expect([refused.status, refused.body.code, refused.body.details]).toEqual([410, 'token.expired', { email: late }])
    expect((await enter(late)).status).toBe(401)
    // "Solicitar nuevo token": at once, for the minute is over.
    expect((await set(await askForLink(product, late))).status).toBe(200)
  })

  it('[FM-2-13] [FM-2-14] resets a forgotten password by the same rules, and closes what was open with the old one', async () => {
    const email = 'planner@demo.pe'
    const open = await signIn(product.staffUrl, 'planner')
    const token = await askForLink(product, email)
    expect((await mailsTo(product, email))[0]?.subject).toBe('Restablezca su contraseña de Cauce FM')
    expect((await state(token)).body.purpose).toBe('reset')
    expect((await set(token)).status).toBe(200)
    expect((await open.get('/api/session')).status).toBe(401)
    expect((await enter(email, demoPassword)).status).toBe(401)
    expect((await enter(email)).status).toBe(201)
    advance(61)
    const expired = await askForLink(product, email)
    advance(300)
    expect((await set(expired)).status).toBe(410)
  })

  it('[FM-D-010] is good once, and a new token kills the old one', async () => {
    const email = await person()
    const first = await askForLink(product, email)
    advance(61)
    const second = await askForLink(product, email)
    expect((await set(first)).status).toBe(410)
    const answers = await Promise.all([set(second), set(second), set(second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
    expect((await state(second)).status).toBe(410)
  })

  it('[FM-D-010] dies after five wrong tries; four leave it alive', async () => {
    const email = await person()
    const token = await askForLink(product, email)
    const [id] = token.split('.')
    const wrong = () => set(`${id}.${'x'.repeat(43)}`)
    for (let i = 0; i < 4; i++) expect((await wrong()).body.code).toBe('token.expired')
    expect((await state(token)).status).toBe(200)
    await wrong()
    expect((await state(token)).status).toBe(410)
    expect((await set(token)).status).toBe(410)
  })

  it('[FM-D-010] sends at most one token a minute and five an hour, and answers the same all the time', async () => {
    const email = await person()
    const ask = async (): Promise<number> => {
      expect((await nobody.post('/api/password-tokens', { email: email.toUpperCase() })).status).toBe(202)
      return (await mailsTo(product, email)).length
    }
    expect([await ask(), await ask()]).toEqual([1, 1])
    advance(59)
    expect(await ask()).toBe(1)
    advance(1)
    expect(await ask()).toBe(2)
    for (let i = 3; i <= 5; i++) {
      advance(60)
      expect(await ask()).toBe(i)
    }
    advance(60)
    expect(await ask()).toBe(5)
    advance(3600)
    expect(await ask()).toBe(6)
  })

  it('[FM-D-013] names each rule a password breaks, and the link stays good', async () => {
    const email = 'maria.quispe@demo.pe'
    await addAccount(product, email, { roles: ['planner'] })
    const token = await askForLink(product, email)
    const rules = async (password: string): Promise<string[]> => {
      const answer = await set(token, password)
      expect(answer.status).toBe(422)
      return (answer.body.issues as { path: string; rule: string }[]).map(({ path, rule }) => `${path} ${rule}`)
    }
    expect(await rules('Corta-123')).toEqual(['password minLength'])
    expect(await rules('ñ'.repeat(4) + 'abcdefgh'.repeat(16))).toEqual(['password maxLength'])
    expect(await rules('Password2026!')).toEqual(['password common'])
    expect(await rules('1234567890')).toEqual(['password common'])
    expect(await rules('soy-MARIA.QUISPE-7')).toEqual(['password name'])
    expect((await set(token, `Ñandú y 漢字 ${'z'.repeat(115)}`)).status).toBe(200)
  })

  it('[FM-2-10] [FM-2-11] [FM-D-011] tells the user and the administrator by mail, without password or token', async () => {
    const email = await person()
    const told = async (): Promise<string[]> =>
      (await mailsTo(product, 'superadmin@demo.pe'))
        .map(({ subject }) => subject)
        .filter((text) => text.includes(email.split('@')[0]!))
    const first = await askForLink(product, email)
    await set(first)
    expect(await told()).toEqual([`Contraseña de ${email.split('@')[0]}: se creó`])
    advance(61)
    const second = await askForLink(product, email)
    await set(second, 'Otra-distinta-77')
    expect(await told()).toEqual([
      `Contraseña de ${email.split('@')[0]}: se restableció`,
      `Contraseña de ${email.split('@')[0]}: se creó`,
    ])
    const [own] = (await mailsTo(product, email)).filter(({ subject }) => subject.includes('cambió'))
    expect(own?.text).toContain('Si no fue usted, avise')
    const sent = [own, ...(await mailsTo(product, 'superadmin@demo.pe'))]
      .map((mail) => `${mail?.text}${mail?.html}`)
      .join()
    for (const secret of [first.split('.')[1]!, second.split('.')[1]!, goodPassword, 'Otra-distinta-77'])
      expect(sent.includes(secret)).toBe(false)
  })

  it('[FM-2-17] sends nothing to a person who may not sign in, and does not say so', async () => {
    await addAccount(product, 'pendiente@demo.pe', { active: false, front: 'portal', roles: ['cliente'] })
    expect((await nobody.post('/api/password-tokens', { email: 'pendiente@demo.pe' })).status).toBe(202)
    expect(await mailsTo(product, 'pendiente@demo.pe')).toEqual([])
  })

  it('[FM-9.11.1-2] [FM-9.11.1-3] [FM-9.11.1-4] does all of it at the portal for a client’s user, with links to the portal', async () => {
    const email = 'usuario.cliente@demo.pe'
    await addAccount(product, email, { roles: ['cliente'], front: 'portal' })
    const portal = new Visitor(product.portalUrl)
    const created = await askForLink(product, email, product.portalUrl)
    expect((await mailsTo(product, email))[0]?.text).toContain(`${product.ctx.config.portalBaseUrl}/contrasena#`)
    advance(299)
    expect((await portal.post('/api/password', { token: created, password: goodPassword })).status).toBe(200)
    expect((await portal.post('/api/session', { email, password: goodPassword })).status).toBe(201)
    expect((await enter(email)).status).toBe(401)
    const late = await askForLink(product, email, product.portalUrl)
    advance(300)
    expect((await portal.post('/api/password', { token: late, password: 'Otra-distinta-77' })).status).toBe(410)
    const reset = await askForLink(product, email, product.portalUrl)
    expect((await portal.post('/api/password', { token: reset, password: 'Otra-distinta-77' })).status).toBe(200)
    expect((await portal.post('/api/session', { email, password: 'Otra-distinta-77' })).status).toBe(201)
  })

  it('changes the own password with the present one; the session that did it goes on, the others end', async () => {
    const [here, there] = [await signIn(product.staffUrl, 'tecnico'), await signIn(product.staffUrl, 'tecnico')]
    const change = (current: string, password: string) => here.post('/api/account/password', { current, password })
    expect((await change('not this one', goodPassword)).body.code).toBe('session.reauthenticate')
    expect((await change(demoPassword, 'corta')).status).toBe(422)
    expect((await change(demoPassword, goodPassword)).status).toBe(204)
    expect((await here.get('/api/session')).status).toBe(200)
    expect((await there.get('/api/session')).status).toBe(401)
    expect((await enter('tecnico@demo.pe')).status).toBe(201)
  })

  it('lets an administrator send the link again, and nobody else', async () => {
    const email = await person()
    const id = (await product.ctx.db.users.findOne({ email }))?._id
    const send = (visitor: Visitor) => visitor.post(`/api/accounts/${id}/password-token`, {})
    expect((await send(await signIn(product.staffUrl, 'gerente.fm'))).status).toBe(403)
    const admin = await signIn(product.staffUrl, 'superadmin')
    expect((await send(admin)).status).toBe(202)
    expect((await set(tokenIn((await mailsTo(product, email))[0]))).status).toBe(200)
    expect((await send(admin)).body.code).toBe('request.too-many')
    expect((await admin.post('/api/accounts/nobody/password-token', {})).status).toBe(404)
  })
})
