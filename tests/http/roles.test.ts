import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { MatrixChange, MatrixView } from '#engine/contract'
import { createContext } from '../../engine/context.ts'
import type { Running } from '../../engine/main.ts'
import { PackRegistry, packsOf, putPacks } from '../../engine/packs/index.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'

/** The matrix changed in the browser: at once, with history, never beyond what is fixed. */
describe('the rights changed in the browser', () => {
  let product: Running
  let admin: Visitor

  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  })
  afterAll(async () => {
    await product.stop()
  })
  const matrix = async (): Promise<MatrixView> => (await admin.get('/api/roles')).body as MatrixView
  const change = async (...changes: MatrixChange[]): Promise<Answer> =>
    admin.post('/api/roles/changes', { revision: (await matrix()).revision, reason: 'Prueba', changes })
  const reset = async (): Promise<Answer> =>
    admin.post('/api/roles/reset', { revision: (await matrix()).revision, reason: 'Volver' })
  beforeEach(async () => {
    expect((await reset()).status).toBe(200)
  })

  it('[FM-D-005] gives and takes a right at once, and the pack’s comes back with a reset', async () => {
    const planner = await signIn(product.staffUrl, 'planner')
    expect((await planner.get('/api/records/contrato')).status).toBe(403)
    const given = await change({ kind: 'cell', thing: 'contrato', subject: 'planner', actions: ['read'] })
    expect(given.status).toBe(200)
    expect((await planner.get('/api/records/contrato')).status).toBe(200)
    expect((await planner.get('/api/entities')).body).toEqual(
      expect.arrayContaining([expect.objectContaining({ key: 'contrato' })]),
    )
    await reset()
    expect((await planner.get('/api/records/contrato')).status).toBe(403)
  })

  it('narrows by a row rule, and refuses one that is no query with the reason', async () => {
    const general = await signIn(product.staffUrl, 'gerente.general')
    const all = (await general.get('/api/records/cliente')).body.total as number
    const rule = 'record.clasificacion = "Interno"'
    expect((await change({ kind: 'row', thing: 'cliente', subject: 'gerente-general', rule })).status).toBe(200)
    const some = (await general.get('/api/records/cliente')).body.items as { data: { clasificacion: string } }[]
    expect(some.length).toBeGreaterThan(0)
    expect(some.length).toBeLessThan(all)
    expect(new Set(some.map(({ data }) => data.clasificacion))).toEqual(new Set(['Interno']))
    for (const wrong of ['count(record.ceco) > 1', 'record.cecos = "1"', 'record.ceco = actor.sueldo', 'record.']) {
      const refused = await change({ kind: 'row', thing: 'cliente', subject: 'planner', rule: wrong })
      expect({ wrong, status: refused.status, code: refused.body.code }).toEqual({
        wrong,
        status: 422,
        code: 'roles.invalid',
      })
      expect(refused.body.message).toContain(wrong)
    }
  })

  it('keeps a field for some', async () => {
    const desk = await signIn(product.staffUrl, 'service.desk')
    const seen = async (): Promise<boolean> =>
      'telefono' in ((await desk.get('/api/records/cliente')).body.items as { data: object }[])[0]!.data
    expect(await seen()).toBe(true)
    await change({ kind: 'field', thing: 'cliente', field: 'telefono', read: ['superadmin'], edit: null })
    expect(await seen()).toBe(false)
    expect((await desk.get('/api/records/cliente?filter.telefono=1')).status).toBe(400)
  })

  it('[FM-3-2] [FM-D-007] creates a role, gives it rights and people, renames and retires it', async () => {
    const made = await change(
      { kind: 'role', role: 'auditor', title: 'Auditor', front: 'staff' },
      { kind: 'cell', thing: 'cliente', subject: 'auditor', actions: ['read', 'export'] },
    )
    expect(made.status).toBe(200)
    const catalog = (await admin.get('/api/catalogs/$roles.staff')).body.rows as { key: string; title: string }[]
    expect(catalog).toContainEqual(expect.objectContaining({ key: 'auditor', title: 'Auditor' }))
    const list = (await admin.get('/api/records/usuario?filter.correo=tecnico@demo.pe')).body.items as {
      id: string
      revision: number
    }[]
    const assign = async (roles: string[]): Promise<number> => {
      const { body } = await admin.get(`/api/records/usuario/${list[0]!.id}`)
      return (
        await admin.patch(
          `/api/records/usuario/${list[0]!.id}`,
          { data: { roles } },
          { headers: { 'if-match': String(body.revision) } },
        )
      ).status
    }
    expect(await assign(['tecnico', 'auditor'])).toBe(200)
    const worker = await signIn(product.staffUrl, 'tecnico')
    expect((await worker.get('/api/records/cliente')).status).toBe(200)
    expect((await worker.get('/api/session')).body.menus).toEqual(
      expect.arrayContaining([expect.objectContaining({ title: 'Clientes' })]),
    )
    await change({ kind: 'role', role: 'auditor', title: 'Auditor interno' })
    expect((await matrix()).roles).toContainEqual(expect.objectContaining({ key: 'auditor', title: 'Auditor interno' }))
    await change({ kind: 'retire', role: 'auditor', retired: true })
    expect((await worker.get('/api/records/cliente')).status).toBe(403)
    expect(await assign(['tecnico'])).toBe(200)
    expect(await assign(['tecnico', 'auditor'])).toBe(422)
  })

  it('[FM-3-1] [FM-D-001] never renames, retires, narrows or strips the protected role', async () => {
    const refused: MatrixChange[] = [
      { kind: 'role', role: 'superadmin', title: 'Jefe' },
      { kind: 'retire', role: 'superadmin', retired: true },
      { kind: 'cell', thing: 'usuario', subject: 'superadmin', actions: ['read'] },
      { kind: 'row', thing: 'usuario', subject: 'superadmin', rule: 'record.id = actor.id' },
      { kind: 'cell', thing: 'roles', subject: 'superadmin', actions: [] },
    ]
    for (const one of refused) {
      const { status, body } = await change(one)
      expect({ one, status, code: body.code }).toEqual({ one, status: 409, code: 'roles.locked' })
    }
    expect((await matrix()).roles).toContainEqual(
      expect.objectContaining({ key: 'superadmin', title: 'Superadministrador', protected: true }),
    )
  })

  it('refuses what the pack fixed, says why, and saves nothing of a list with one such change', async () => {
    const { status, body } = await change(
      { kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] },
      { kind: 'cell', thing: 'roles', subject: 'gerente-fm', actions: ['read', 'edit'] },
    )
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'roles.locked' })
    expect(body.message).toContain('Solo el Superadministrador')
    expect((await matrix()).can.cliente?.tecnico).toBeUndefined()
  })

  it('keeps the buttons of a case to whom the matrix names', async () => {
    await change({
      kind: 'cell',
      thing: 'contrato',
      subject: 'gerente-fm',
      actions: (await matrix()).can.contrato!['gerente-fm']!.filter((action) => action !== 'anular'),
    })
    expect((await matrix()).can.contrato!['gerente-fm']).not.toContain('anular')
  })

  it('tells beforehand what a change means, and afterwards who made it, when, why, before and after', async () => {
    const changes: MatrixChange[] = [
      { kind: 'cell', thing: 'cliente', subject: 'planner', actions: ['read', 'export'] },
      { kind: 'cell', thing: 'contrato', subject: '@fm', actions: ['read', 'edit', 'print', 'history'] },
    ]
    const preview = await admin.post('/api/roles/preview', { changes })
    const texts = ['El rol Planner MTTO podrá exportar Clientes.', 'El grupo FM ya no podrá exportar Contratos.']
    expect(preview.body).toEqual({ texts })
    expect((await matrix()).can.cliente?.planner).toEqual(['read'])
    const { revision } = await matrix()
    await admin.post('/api/roles/changes', { revision, reason: 'Lo pidió la gerencia', changes })
    const { body } = await admin.get('/api/roles/history')
    expect(body.items[0]).toMatchObject({
      who: 'Rosa Quispe Huamán',
      reason: 'Lo pidió la gerencia',
      texts,
      changes: [
        { at: 'can/cliente/planner', before: 'read', after: 'read export' },
        { at: 'can/contrato/@fm', before: 'read edit export print history', after: 'read edit print history' },
      ],
    })
    const audit = await product.ctx.db.audit.findOne({ action: 'roles.changed' }, { sort: { sequence: -1 } })
    expect(audit?.details).toMatchObject({ reason: 'Lo pidió la gerencia' })
    const stale = await admin.post('/api/roles/changes', { revision, reason: 'x', changes })
    expect(stale.body.code).toBe('roles.stale')
  })

  it('gives one of two simultaneous changes, and tells the other', async () => {
    const { revision } = await matrix()
    const send = (subject: string): Promise<Answer> =>
      admin.post('/api/roles/changes', {
        revision,
        reason: 'A la vez',
        changes: [{ kind: 'cell', thing: 'cliente', subject, actions: ['read', 'export'] }],
      })
    const both = await Promise.all([send('planner'), send('service-desk')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  it.each(['gerente.general', 'gerente.fm', 'facility.manager', 'tecnico', 'legal'])(
    '%s cannot change it',
    async (name) => {
      const visitor = await signIn(product.staffUrl, name)
      const changes: MatrixChange[] = [{ kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] }]
      const tried = await visitor.post('/api/roles/changes', {
        revision: (await matrix()).revision,
        reason: 'x',
        changes,
      })
      expect(tried.status).toBe(403)
      expect((await visitor.post('/api/roles/preview', { changes })).status).toBe(403)
      expect((await visitor.post('/api/roles/reset', { revision: 0, reason: 'x' })).status).toBe(403)
    },
  )

  it('asks for the password again when it was given long ago', async () => {
    product.clock?.advance(6 * 60_000)
    const { body } = await change({ kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] })
    expect(body.code).toBe('session.confirm-password')
    admin = await signIn(product.staffUrl, 'superadmin')
    expect((await change({ kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] })).status).toBe(200)
  })

  it('holds in every other process within a second', async () => {
    const { ctx } = product
    const elsewhere = createContext({ ...ctx, services: new Map<symbol, unknown>() })
    putPacks(elsewhere, new PackRegistry(ctx.config.packs))
    const seen = async (): Promise<string | undefined> =>
      (await packsOf(elsewhere).current(elsewhere, 'fm')).pack.roles.can.cliente?.tecnico
    expect(await seen()).toBeUndefined()
    await change({ kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] })
    const later = Date.now() + 1001
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later)
    try {
      expect(await seen()).toBe('read')
    } finally {
      clock.mockRestore()
    }
  })

  it('exports the rights in force as data', async () => {
    await change({ kind: 'cell', thing: 'cliente', subject: 'tecnico', actions: ['read'] })
    expect((await admin.get('/api/roles/export')).body.can.cliente).toMatchObject({ tecnico: 'read' })
  })
})
