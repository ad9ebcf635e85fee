import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { complete, People, startContract } from './contractCase.ts'
import { addAccount, askForLink, goodPassword } from './passwordLinks.ts'
import { demoPassword, signIn, startProduct, Visitor } from './harness.ts'

/** FM-D-130: what a person is told, may take away, have corrected, and what is done on request. */
describe('personal data', () => {
  let product: Running
  let people: People
  let admin: Visitor

  const userId = async (name: string) => (await product.ctx.db.users.findOne({ email: `${name}@demo.pe` }))!._id
  const reason = { reason: 'Lo pidió por escrito' }

  beforeAll(async () => {
    product = await startProduct()
    people = new People(product)
    admin = await people.as('superadmin')
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('shows the notice in force and keeps its acceptance with version, moment and address', async () => {
    const user = await addAccount(product, 'nora@demo.pe')
    const token = await askForLink(product, 'nora@demo.pe')
    await new Visitor(product.staffUrl).post('/api/password', { token, password: goodPassword })
    const visitor = await signIn(product.staffUrl, 'nora', goodPassword)
    // Who accepted an earlier version is asked for this one.
    await product.ctx.db.acceptances.insert({
      _id: 'old',
      user,
      version: '2025-1',
      at: new Date(),
      ip: null,
      userAgent: null,
    })
    const { body } = await visitor.get('/api/privacy')
    expect(body).toMatchObject({ version: '2026-1', title: 'Aviso de privacidad', acceptedAt: null })
    expect(body.sections.length).toBeGreaterThan(3)
    expect((await visitor.post('/api/privacy/acceptance', { version: '1999-1' })).body.code).toBe(
      'privacy.other-version',
    )
    expect((await visitor.post('/api/privacy/acceptance', { version: body.version })).status).toBe(204)
    expect((await visitor.post('/api/privacy/acceptance', { version: body.version })).status).toBe(204)
    const kept = await product.ctx.db.acceptances.find({ user, version: '2026-1' })
    expect(kept).toHaveLength(1)
    expect(kept[0]).toMatchObject({ version: '2026-1', ip: expect.stringContaining('127.0.0.1') })
    expect((await visitor.get('/api/privacy')).body.acceptedAt).not.toBeNull()
  })

  it('hands out one’s own data as JSON and as PDF, and nothing that opens the account', async () => {
    const visitor = await people.as('planner')
    const { body } = await visitor.get('/api/account/data?format=json')
    expect(body.account).toMatchObject({ email: 'planner@demo.pe' })
    expect(body.record['Número de Documento de identidad']).toMatch(/^\d{8}$/)
    expect(body.activity.length).toBeGreaterThan(0)
    expect(JSON.stringify(body)).not.toMatch(/passwordHash|argon2|superadmin@/)
    const pdf = await visitor.get('/api/account/data?format=pdf')
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await visitor.get('/api/account/data?format=exe')).status).toBe(400)
  })

  it('tells the administrator what should be corrected, five times a day at most', async () => {
    const visitor = await people.as('planner')
    const text = 'Mi apellido es <b>Medina</b> con tilde'
    expect((await visitor.post('/api/account/correction', { text: 'corto' })).status).toBe(400)
    expect((await visitor.post('/api/account/correction', { text })).status).toBe(204)
    await product.jobs.wake()
    const mail = product.devMail?.messages().find((one) => one.subject.includes('solicita corregir sus datos'))
    expect(mail?.to).toContain('superadmin@demo.pe')
    expect(mail?.html).toContain('&lt;b>Medina')
    expect(mail?.html).not.toContain('<b>')
    const notices = (await admin.get('/api/notifications')).body.items as { subject: string }[]
    expect(notices.some((notice) => notice.subject.includes('solicita corregir sus datos'))).toBe(true)
    for (let round = 0; round < 4; round++) await visitor.post('/api/account/correction', { text })
    expect((await visitor.post('/api/account/correction', { text })).status).toBe(429)
  })

  it('blocks a person: out at once, not in again, whatever his record says; lifting it lets him in', async () => {
    const visitor = await signIn(product.staffUrl, 'service.desk')
    const id = await userId('service.desk')
    expect((await admin.post(`/api/people/${id}/block`, reason)).status).toBe(204)
    expect((await visitor.get('/api/session')).status).toBe(401)
    const again = await visitor.post('/api/session', { email: 'service.desk@demo.pe', password: demoPassword })
    expect(again.body.code).toBe('session.refused')
    const record = (await admin.get(`/api/records/usuario/${id}`)).body
    await admin.patch(`/api/records/usuario/${id}`, { data: { celular: '999888777' } }, { headers: { 'if-match': String(record.revision) } }) // prettier-ignore
    expect((await product.ctx.db.users.get(id))?.active).toBe(false)
    expect((await admin.post(`/api/people/${id}/unblock`, reason)).status).toBe(204)
    await signIn(product.staffUrl, 'service.desk')
  })

  it('asks for a recent password, and refuses oneself, the last administrator and who has no right', async () => {
    const own = await userId('superadmin')
    expect((await admin.post(`/api/people/${own}/anonymise`, reason)).body.code).toBe('personal.own')
    const other = await userId('tecnico')
    expect((await (await people.as('gerente.fm')).post(`/api/people/${other}/anonymise`, reason)).status).toBe(403)
    expect((await admin.post('/api/people/nobody/anonymise', reason)).status).toBe(404)
    expect((await admin.post(`/api/people/${other}/anonymise`, {})).status).toBe(400)
    product.clock?.advance(10 * 60_000)
    expect((await admin.post(`/api/people/${other}/anonymise`, reason)).body.code).toBe('session.confirm-password')
    expect((await admin.post('/api/session/confirm', { password: demoPassword })).status).toBe(204)
  })

  it('takes a person’s data away once no work is his, and keeps what the law needs by the id', async () => {
    const contract = await startContract(people)
    const facility = await people.as('facility.manager')
    expect((await complete(facility, contract, 'iniciarRevision', 'iniciar')).status).toBe(200)
    const busy = await userId('facility.manager')
    const refused = await admin.post(`/api/people/${busy}/anonymise`, reason)
    expect(refused).toMatchObject({ status: 409, body: { code: 'personal.open-work' } })

    const id = await userId('tecnico')
    await signIn(product.staffUrl, 'tecnico')
    const before = (await product.ctx.db.users.get(id))!
    const document = (await product.ctx.db.records('usuario').get(id))!.data.numeroDocumento as string
    const done = await admin.post(`/api/people/${id}/anonymise`, reason)
    expect(done).toMatchObject({ status: 200, body: { name: 'Persona anonimizada 1' } })

    const record = (await product.ctx.db.records('usuario').get(id))!
    for (const words of [document, ...before.name.split(' ')]) expect(JSON.stringify(record)).not.toContain(words)
    expect(await product.ctx.db.users.get(id)).toMatchObject({ active: false, passwordHash: null })
    const rows = (await admin.get('/api/audit?filter.user=Persona%20anonimizada&size=200')).body.items
    expect(rows.length).toBeGreaterThan(0)
    expect(rows[0].who).toBe('Persona anonimizada 1')
    const about = (await admin.get(`/api/audit?filter.record=${id}&size=200`)).body.items as {
      id: string
      action: string
    }[]
    expect(about[0]?.action).toBe('personal.anonymised')
    for (const row of about) {
      const text = JSON.stringify((await admin.get(`/api/audit/${row.id}`)).body)
      for (const words of [document, before.email]) expect(text).not.toContain(words)
    }
    expect((await admin.post(`/api/people/${id}/anonymise`, reason)).status).toBe(404)
  })
})
