import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { clientId, People } from './contractCase.ts'
import { startProduct, Visitor, type Answer } from './harness.ts'
import { goodPassword, mailsTo as sentTo, tokenIn } from './passwordLinks.ts'

const HOUR = 3600_000
const asked = {
  tipo: 'Cliente',
  ruc: '20601843715',
  nombreCompleto: 'Milagros Arce Soto',
  correo: 'milagros.arce@altamar.example',
  celular: '987111222',
  cargo: 'Jefa de Servicios',
}

describe('the registration of users from outside', () => {
  let product: Running
  let people: People
  let admin: Visitor
  let manager: Visitor
  let altamar: string

  beforeAll(async () => {
    product = await startProduct()
    product.clock!.freeze(new Date('2026-03-02T17:00:00Z'))
    people = new People(product)
    admin = await people.as('superadmin')
    manager = await people.as('gerente.fm')
    altamar = await clientId(manager, 'altamar')
  }, 120_000)
  afterAll(() => product.stop())

  /** Everybody signs in anew: sessions do not outlive the hours. */
  const later = async (ms: number): Promise<void> => {
    product.clock!.advance(ms)
    people = new People(product)
    admin = await people.as('superadmin')
    manager = await people.as('gerente.fm')
    await product.jobs.wake()
  }
  const request = (data: Record<string, unknown>, headers = {}): Promise<Answer> =>
    new Visitor(product.portalUrl).post('/api/public/processes/registro-externo', { data }, { headers })
  const typed = async (who: Visitor, data: Record<string, unknown> = {}): Promise<Answer> =>
    who.post('/api/processes/registro-externo/instances', { data: { ...asked, clientes: [altamar], ...data } })
  const recordOf = async (
    correo: string,
  ): Promise<{ id: string; data: Record<string, unknown>; instances: unknown[] }> => {
    const found = (await manager.get(`/api/records/usuario-externo?q=${encodeURIComponent(correo)}`)).body.items[0]
    return (await manager.get(`/api/records/usuario-externo/${found?.id}`)).body
  }
  const taskOf = async (id: string, key: string): Promise<string> => {
    const { items } = (await admin.get(`/api/tasks?record=usuario-externo:${id}&status=open`)).body
    return (items as { id: string; key: string }[]).find((task) => task.key === key)?.id ?? `no ${key}`
  }
  const decide = async (who: Visitor, id: string, outcome: string, more: Record<string, unknown> = {}) =>
    who.post(`/api/tasks/${await taskOf(id, 'aprobar')}/complete`, { outcome, data: {}, ...more })
  const enter = (email: string, password: string) =>
    new Visitor(product.portalUrl).post('/api/session', { email, password })
  const mailsTo = async (to: string) =>
    (await product.ctx.db.outbox.find({ kind: 'mail' }))
      .filter(({ payload }) => payload.to === to)
      .map(({ payload }) => payload.template as string)

  it('[FM-2-15] [FM-2-17] [FM-3-4] [FM-3-19] [FM-4.4-18] lets a client’s user in only when the Gerente de FM has approved him', async () => {
    expect((await typed(admin)).status).toBe(201)
    const { id, data } = await recordOf(asked.correo)
    expect(data.estado).toBe('Pendiente')
    // Pending: no account, the answer of an unknown address, no link.
    expect((await enter(asked.correo, goodPassword)).body.code).toBe('session.refused')
    await new Visitor(product.portalUrl).post('/api/password-tokens', { email: asked.correo })
    await product.jobs.wake()
    expect(await product.ctx.db.users.findOne({ email: asked.correo })).toBeNull()
    expect(await product.ctx.db.passwordTokens.count({})).toBe(0)

    const approved = await decide(manager, id, 'aprobar')
    expect({ status: approved.status, issues: approved.body.issues }).toEqual({ status: 200, issues: undefined })
    expect(await product.ctx.db.users.findOne({ email: asked.correo })).toMatchObject({
      active: true,
      front: 'portal',
      roles: ['cliente'],
      scope: { clientes: [altamar] },
    })
    const token = tokenIn((await sentTo(product, asked.correo))[0])
    const set = await new Visitor(product.portalUrl).post('/api/password', { token, password: goodPassword })
    expect(set.status).toBeLessThan(300)
    const user = new Visitor(product.portalUrl)
    expect((await user.post('/api/session', { email: asked.correo, password: goodPassword })).status).toBe(201)
    // His company and no other.
    const clients = (await user.get('/api/records/cliente')).body.items as { id: string }[]
    expect(clients.map((client) => client.id)).toEqual([altamar])
    const other = await clientId(manager, 'aurelia')
    expect((await user.get(`/api/records/cliente/${other}`)).status).toBe(404)
    expect((await user.get(`/api/records/usuario-externo/${id}`)).status).toBe(404)
    expect(
      (await new Visitor(product.staffUrl).post('/api/session', { email: asked.correo, password: goodPassword }))
        .status,
    ).toBe(401)
  })

  it('[FM-2-16] [FM-3-3] holds for a supplier’s user too', async () => {
    const correo = 'tecnico@frio.example'
    const [supplier, other] = (await manager.get('/api/records/proveedor')).body.items as { id: string }[]
    const data = { tipo: 'Proveedor', correo, clientes: undefined, proveedores: [supplier!.id] }
    expect((await typed(admin, data)).status).toBe(201)
    const { id } = await recordOf(correo)
    expect((await enter(correo, goodPassword)).body.code).toBe('session.refused')
    expect((await decide(manager, id, 'aprobar')).status).toBe(200)
    const token = tokenIn((await sentTo(product, correo))[0])
    await new Visitor(product.portalUrl).post('/api/password', { token, password: goodPassword })
    const user = new Visitor(product.portalUrl)
    expect((await user.post('/api/session', { email: correo, password: goodPassword })).status).toBe(201)
    // FM-D-015: its own record, and no other.
    expect((await user.get(`/api/records/proveedor/${supplier!.id}`)).status).toBe(200)
    expect((await user.get(`/api/records/proveedor/${other!.id}`)).status).toBe(404)
    expect((await user.get('/api/records/cliente')).status).toBe(403)
  })

  it('[FM-D-006] [FM-3-18] [FM-3-24] [FM-3-27] [FM-3-30] [FM-3-33] [FM-3-36] [FM-3-39] [FM-3-42] [FM-3-45] is approved by nobody else', async () => {
    const correo = 'otra@altamar.example'
    await typed(admin, { correo })
    const { id } = await recordOf(correo)
    const others = [
      'superadmin',
      'gerente.general',
      'facility.manager',
      'supervisor.fm',
      'planner',
      'service.desk',
      'tecnico',
      'proveedor',
      'cliente',
    ]
    for (const name of others) {
      const answer = await decide(await people.as(name), id, 'aprobar')
      expect({ name, refused: [403, 404].includes(answer.status) }).toEqual({ name, refused: true })
    }
    expect((await recordOf(correo)).data.estado).toBe('Pendiente')
    // The administrator sees the queue, and its length stands in his menu.
    expect((await admin.get(`/api/records/usuario-externo/${id}`)).status).toBe(200)
    const { menus } = (await admin.get('/api/session')).body
    const entry = menus
      .flatMap((menu: { items: unknown[] }) => menu.items)
      .find(({ key }: { key: string }) => key === 'usuario-externo')
    expect(entry.count).toBe(1)
  })

  it('[FM-D-006] is not approved by who typed or corrected it, whatever his roles, nor through a substitute', async () => {
    // Somebody with both hats: the administrator made him Gerente de FM too.
    const correo = 'doble@altamar.example'
    const me = (await admin.get('/api/session')).body.user.id as string
    await product.ctx.db.users.updateOne({ _id: me }, { $set: { roles: ['superadmin', 'gerente-fm'] } })
    await typed(admin, { correo })
    const { id } = await recordOf(correo)
    expect((await decide(admin, id, 'aprobar')).status).toBe(403)
    await product.ctx.db.users.updateOne({ _id: me }, { $set: { roles: ['superadmin'] } })

    // The Gerente de FM is away, and names as substitute the one who typed it.
    const arranged = await manager.post('/api/substitutions', { substitute: me, from: '2026-03-02', to: '2026-03-02' })
    expect(arranged.status).toBe(201)
    expect((await decide(admin, id, 'aprobar')).status).toBe(403)
    // Another substitute may.
    const legal = await people.as('legal')
    const legalId = (await legal.get('/api/session')).body.user.id as string
    await manager.post('/api/substitutions', { substitute: legalId, from: '2026-03-02', to: '2026-03-02' })
    const approved = await decide(legal, id, 'aprobar')
    expect({ status: approved.status, code: approved.body.code }).toEqual({ status: 200, code: undefined })
    expect(approved.body.task.completedBy).toBe('Andrea Villanueva Castro en nombre de Patricia Ugarte León')
    expect((await manager.delete(`/api/substitutions/${arranged.body.id}`)).status).toBe(200)
  })

  it('[FM-D-017] tells the applicant and who typed it why it was rejected, and takes it corrected', async () => {
    const correo = 'mal.escrito@altamar.example'
    await typed(admin, { correo })
    const { id } = await recordOf(correo)
    expect((await decide(manager, id, 'rechazar')).status).toBe(422)
    expect((await decide(manager, id, 'rechazar', { reason: 'El correo no es el de la empresa.' })).status).toBe(200)
    expect(await mailsTo(correo)).toEqual(['acceso-rechazado'])
    expect(await mailsTo('superadmin@demo.pe')).toContain('acceso-rechazado-interno')
    expect(await product.ctx.db.users.findOne({ email: correo })).toBeNull()
    expect((await enter(correo, goodPassword)).body.code).toBe('session.refused')

    const better = 'bien.escrito@altamar.example'
    const mended = await admin.post(`/api/tasks/${await taskOf(id, 'corregir')}/complete`, {
      outcome: 'reenviar',
      data: { correo: better },
    })
    expect({ status: mended.status, issues: mended.body.issues }).toEqual({ status: 200, issues: undefined })
    expect((await recordOf(better)).data).toMatchObject({ estado: 'Pendiente', correo: better })
    expect((await decide(manager, id, 'aprobar')).status).toBe(200)
    expect(await product.ctx.db.users.findOne({ email: better })).toMatchObject({ active: true })
  })

  it('[FM-D-016] takes a request from the portal without a session, for a known and an unknown RUC alike', async () => {
    const offered = await new Visitor(product.portalUrl).get('/api/public/processes')
    expect(offered.body).toEqual([{ key: 'registro-externo', title: 'Solicitar acceso' }])
    expect((await new Visitor(product.staffUrl).get('/api/public/processes')).body).toEqual([])
    const page = (await new Visitor(product.portalUrl).get('/api/public/processes/registro-externo')).body
    expect(Object.keys(page.form.schema.properties).sort()).toEqual([
      'cargo',
      'celular',
      'correo',
      'nombreCompleto',
      'ruc',
      'tipo',
    ])
    expect((await new Visitor(product.portalUrl).get(page.form.validator as string)).status).toBe(200)

    const known = await request({ ...asked, correo: 'publica@altamar.example' })
    const unknown = await request({ ...asked, correo: 'nadie@nada.example', ruc: '20999999999', warned: undefined })
    const taken = await request({ ...asked, correo: 'cliente@demo.pe' })
    expect([known.status, known.body]).toEqual([202, { received: true }])
    expect([taken.status, taken.body]).toEqual([202, { received: true }])
    // The check digit is arithmetic: it warns whoever exists.
    expect(unknown.status).toBe(422)
    const anyway = await new Visitor(product.portalUrl).post('/api/public/processes/registro-externo', {
      data: { ...asked, correo: 'nadie@nada.example', ruc: '20999999999' },
      warned: true,
    })
    expect([anyway.status, anyway.body]).toEqual([202, { received: true }])

    const { id, data } = await recordOf('publica@altamar.example')
    expect([data.estado, data.registradoPor ?? null]).toEqual(['Pendiente', null])
    // Approving says for which clients.
    const without = await decide(manager, id, 'aprobar')
    expect([without.status, without.body.issues?.[0]?.path]).toEqual([422, 'clientes'])
    expect((await decide(manager, id, 'aprobar', { data: { clientes: [altamar] } })).status).toBe(200)
    // An address that somebody has already is told to the one who approves, not to the one who asks.
    const double = await recordOf('cliente@demo.pe')
    const refused = await decide(manager, double.id, 'aprobar', { data: { clientes: [altamar] } })
    expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([422, 'correo'])
    // Rejected: it is over, and a fresh request may come.
    expect((await decide(manager, double.id, 'rechazar', { reason: 'Ya tiene usuario.' })).status).toBe(200)
    expect(await taskOf(double.id, 'corregir')).toBe('no corregir')
  })

  it('[FM-D-020] gives one address to one person only, also when two requests for it are approved at once', async () => {
    await later(HOUR)
    const correo = 'gemela@altamar.example'
    expect((await request({ ...asked, correo })).status).toBe(202)
    expect((await request({ ...asked, correo, nombreCompleto: 'Otra Persona' })).status).toBe(202)
    const { items } = (await manager.get('/api/records/usuario-externo?q=gemela')).body
    const answers = await Promise.all(
      (items as { id: string }[]).map(({ id }) => decide(manager, id, 'aprobar', { data: { clientes: [altamar] } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(await product.ctx.db.users.count({ email: correo })).toBe(1)
  })

  it('mass assignment: refuses roles, state, clients and anything else that the public form does not ask for', async () => {
    await later(HOUR)
    for (const extra of [
      { roles: ['superadmin'] },
      { estado: 'Aprobado' },
      { clientes: [altamar] },
      { registradoPor: 'x' },
      { motivoRechazo: 'x' },
      { id: 'x' },
      { nada: 1 },
    ]) {
      const answer = await request({ ...asked, correo: 'masa@altamar.example', ...extra })
      expect({ extra, status: answer.status, path: answer.body.issues?.[0]?.path ?? answer.body.code }).toMatchObject({
        extra,
        status: 422,
        path: Object.keys(extra)[0],
      })
      await later(HOUR)
    }
    const { items } = (await manager.get('/api/records/usuario-externo?q=masa')).body
    expect(items).toEqual([])
    expect((await typed(admin, { correo: 'masa2@altamar.example', estado: 'Aprobado' })).status).toBe(422)
    expect((await admin.post('/api/records/usuario-externo', { data: asked })).status).toBe(409)
  })

  it('flooding: five requests of one address in an hour, then 429; large ones and other processes are refused', async () => {
    await later(2 * HOUR)
    const answers: number[] = []
    for (let i = 0; i < 7; i++) answers.push((await request({ ...asked, correo: `flood${i}@altamar.example` })).status)
    expect(answers).toEqual([202, 202, 202, 202, 202, 429, 429])
    const spoofed = await request({ ...asked, correo: 'flood9@altamar.example' }, { 'x-forwarded-for': '203.0.113.9' })
    expect(spoofed.status).toBe(429)
    await later(HOUR)
    expect((await request({ ...asked, nombreCompleto: 'x'.repeat(17_000) })).status).toBe(413)
    expect((await request({ ...asked, nombreCompleto: 'x'.repeat(300) })).status).toBe(422)
    const nobody = new Visitor(product.portalUrl)
    expect((await nobody.post('/api/public/processes/contrato', { data: {} })).status).toBe(404)
    expect((await nobody.get('/api/public/processes/contrato')).status).toBe(404)
    expect((await nobody.post('/api/processes/registro-externo/instances', { data: asked })).status).toBe(401)
    expect(
      (
        await nobody.post(
          '/api/public/processes/registro-externo',
          { data: asked },
          { headers: { origin: 'https://evil.example' } },
        )
      ).status,
    ).toBe(403)
  })

  it('[FM-D-018] reminds the Gerente de FM after two business days, and tells the Superadministrador when there is none', async () => {
    await typed(admin, { correo: 'espera@altamar.example' })
    const { id } = await recordOf('espera@altamar.example')
    const reminders = async (to: string): Promise<number> =>
      (await product.ctx.db.outbox.find({ kind: 'mail', 'record.id': id })).filter(
        ({ payload }) => payload.to === to && payload.template === 'acceso-pendiente',
      ).length
    await later(24 * HOUR)
    expect(await reminders('gerente.fm@demo.pe')).toBe(0)
    const manages = (await manager.get('/api/session')).body.user.id as string
    await later(30 * HOUR)
    expect(await reminders('gerente.fm@demo.pe')).toBe(1)

    await product.ctx.db.users.updateOne({ _id: manages }, { $set: { active: false } })
    await typed(admin, { correo: 'espera2@altamar.example' })
    await product.jobs.wake()
    expect(await mailsTo('superadmin@demo.pe')).toContain('acceso-solicitado')
    await product.ctx.db.users.updateOne({ _id: manages }, { $set: { active: true } })
  })
})
