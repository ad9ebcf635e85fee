import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'
import { clientData, supplierData } from './sampleRecords.ts'

/** The permission table of section 3, walked through the API: who may create, edit and delete clients and suppliers. */
describe('the permission table', () => {
  let product: Running
  const visitors = new Map<string, Visitor>()

  const people = {
    superadmin: 'superadmin',
    'Gerente general': 'gerente.general',
    'Gerente de FM': 'gerente.fm',
    'Facility manager': 'facility.manager',
    'Supervisor FM': 'supervisor.fm',
    'Planner MTTO': 'planner',
    'Service desk FM': 'service.desk',
    Técnicos: 'tecnico',
    Legal: 'legal',
    Proveedor: 'proveedor',
    Cliente: 'cliente',
  } as const
  type Role = keyof typeof people

  beforeAll(async () => {
    product = await startProduct()
    for (const [role, name] of Object.entries(people)) {
      const site = ['Proveedor', 'Cliente'].includes(role) ? product.portalUrl : product.staffUrl
      visitors.set(role, await signIn(site, name))
    }
  })
  afterAll(async () => {
    await product.stop()
  })

  let next = 0
  const samples = {
    cliente: () => clientData(),
    proveedor: () => supplierData(),
  }
  type Thing = keyof typeof samples
  const as = (role: Role): Visitor => visitors.get(role)!
  const match = (record: { revision: number }) => ({ headers: { 'if-match': String(record.revision) } })
  const create = (role: Role, thing: Thing): Promise<Answer> =>
    as(role).post(`/api/records/${thing}`, { data: samples[thing]() })
  /** A record of the superadministrator's, and what the role may do to it. */
  const attempts = async (role: Role, thing: Thing): Promise<Record<'create' | 'edit' | 'delete', number>> => {
    const made = (await create('superadmin', thing)).body as { id: string; revision: number }
    const path = `/api/records/${thing}/${made.id}`
    const created = await create(role, thing)
    const edited = await as(role).patch(path, { data: { razonSocial: `Otra ${++next} S.A.C.` } }, match(made))
    const seen = (await as('superadmin').get(path)).body as { revision: number }
    const deleted = await as(role).delete(path, { reason: 'Prueba' }, match(seen))
    return { create: created.status, edit: edited.status, delete: deleted.status }
  }

  it.each([
    ['FM-3-14', 'create', 201],
    ['FM-3-15', 'edit', 200],
    ['FM-3-16', 'delete', 204],
  ] as const)('[%s] the Superadministrador may %s clients', async (_id, action, status) => {
    expect((await attempts('superadmin', 'cliente'))[action]).toBe(status)
  })

  it('[FM-3-17] [FM-D-006] the Superadministrador registers, edits and deletes suppliers', async () => {
    expect(await attempts('superadmin', 'proveedor')).toEqual({ create: 201, edit: 200, delete: 204 })
  })

  /** Empty cells: what an internal role may still read is refused (403), what an outsider may not see is not found (404). */
  const empty: [string, Role, Thing][] = [
    ['FM-3-20', 'Gerente de FM', 'cliente'],
    ['FM-3-21', 'Gerente de FM', 'proveedor'],
    ['FM-3-22', 'Gerente general', 'cliente'],
    ['FM-3-23', 'Gerente general', 'proveedor'],
    ['FM-3-25', 'Facility manager', 'cliente'],
    ['FM-3-26', 'Facility manager', 'proveedor'],
    ['FM-3-28', 'Supervisor FM', 'cliente'],
    ['FM-3-29', 'Supervisor FM', 'proveedor'],
    ['FM-3-31', 'Planner MTTO', 'cliente'],
    ['FM-3-32', 'Planner MTTO', 'proveedor'],
    ['FM-3-34', 'Service desk FM', 'cliente'],
    ['FM-3-35', 'Service desk FM', 'proveedor'],
    ['FM-3-37', 'Técnicos', 'cliente'],
    ['FM-3-38', 'Técnicos', 'proveedor'],
    ['FM-D-005', 'Legal', 'cliente'],
    ['FM-D-005', 'Legal', 'proveedor'],
    ['FM-3-40', 'Proveedor', 'cliente'],
    ['FM-3-41', 'Proveedor', 'proveedor'],
    ['FM-3-43', 'Cliente', 'cliente'],
    ['FM-3-44', 'Cliente', 'proveedor'],
  ]
  it.each(empty)('[%s] %s cannot create, edit or delete a %s', async (_id, role, thing) => {
    const { create: created, edit, delete: deleted } = await attempts(role, thing)
    expect(created).toBe(403)
    expect([403, 404]).toContain(edit)
    expect([403, 404]).toContain(deleted)
  })

  it('[FM-3-40] [FM-3-41] [FM-3-43] [FM-3-44] not even his own company’s record may be renamed or deleted from outside', async () => {
    for (const [role, thing] of [
      ['Proveedor', 'proveedor'],
      ['Cliente', 'cliente'],
    ] as const) {
      const [own] = (await as(role).get(`/api/records/${thing}`)).body.items as { id: string; revision: number }[]
      const path = `/api/records/${thing}/${own!.id}`
      const renamed = await as(role).patch(path, { data: { razonSocial: `Otra ${++next} S.A.C.` } }, match(own!))
      expect([403, 422]).toContain(renamed.status)
      expect((await as(role).delete(path, {}, match(own!))).status).toBe(403)
    }
  })

  /** The seeded matrix of the decisions, for what exists: who may read what. */
  const readers: [Thing | 'contrato' | 'usuario', Role[]][] = [
    [
      'cliente',
      [
        'superadmin',
        'Gerente general',
        'Gerente de FM',
        'Facility manager',
        'Supervisor FM',
        'Planner MTTO',
        'Service desk FM',
        'Legal',
        'Cliente',
      ],
    ],
    [
      'proveedor',
      [
        'superadmin',
        'Gerente general',
        'Gerente de FM',
        'Facility manager',
        'Supervisor FM',
        'Planner MTTO',
        'Service desk FM',
        'Proveedor',
      ],
    ],
    [
      'contrato',
      ['superadmin', 'Gerente general', 'Gerente de FM', 'Facility manager', 'Supervisor FM', 'Legal', 'Cliente'],
    ],
    [
      'usuario',
      [
        'superadmin',
        'Gerente general',
        'Gerente de FM',
        'Facility manager',
        'Supervisor FM',
        'Planner MTTO',
        'Técnicos',
        'Legal',
      ],
    ],
  ]
  it.each(readers)('[FM-D-005] %s is read by those the matrix names and by nobody else', async (thing, allowed) => {
    for (const role of Object.keys(people) as Role[]) {
      const { status } = await as(role).get(`/api/records/${thing}`)
      expect({ role, status }).toEqual({ role, status: allowed.includes(role) ? 200 : 403 })
    }
  })

  it('[FM-D-005] outsiders see their own company only, and 404 for another’s', async () => {
    for (const [role, thing] of [
      ['Proveedor', 'proveedor'],
      ['Cliente', 'cliente'],
    ] as const) {
      const own = (await as(role).get(`/api/records/${thing}`)).body.items as { id: string }[]
      expect(own).toHaveLength(1)
      const all = (await as('superadmin').get(`/api/records/${thing}`)).body.items as { id: string }[]
      const other = all.find(({ id }) => id !== own[0]!.id)!
      expect((await as(role).get(`/api/records/${thing}/${other.id}`)).status).toBe(404)
    }
  })

  it('outsiders read no name of another company’s record, wherever its id stands', async () => {
    const { records } = product.ctx.db
    const client = as('Cliente')
    const [own] = (await client.get('/api/records/inmueble?size=1')).body.items as {
      id: string
      data: { cliente: string }
    }[]
    const { cliente } = own!.data
    const [site] = await records('inmueble').find({ 'data.cliente': { $ne: cliente } }, { limit: 1 })
    const id = '0123456789abcdef01234567'
    await records('solicitud-servicio').insert({ ...site!, _id: id, label: 'SS', data: { cliente, sede: site!._id } })
    const labelsFor = async (who: Visitor): Promise<Record<string, object>> =>
      (await who.get(`/api/records/solicitud-servicio/${id}`)).body.labels
    expect((await labelsFor(as('Gerente de FM'))).sede).toEqual({ [site!._id]: site!.label })
    expect(await labelsFor(client)).not.toHaveProperty('sede')
    expect(await labelsFor(client)).toHaveProperty('cliente')

    // Nor in the history of his own record, where somebody of the staff had it for a while.
    const { id: property, revision } = (await as('Gerente de FM').get(`/api/records/solicitud-servicio/${id}`)).body
    const change = { field: 'sede', before: null, after: site!._id }
    await product.ctx.db.history.insert({
      ...(await product.ctx.db.history.find({}, { limit: 1 }))[0]!,
      ...{ _id: `history-${revision}`, record: { entity: 'solicitud-servicio', id: property }, audience: 'all' },
      ...{ changes: [change], files: [], outbox: null },
    })
    const history = async (who: Visitor) =>
      JSON.stringify((await who.get(`/api/records/solicitud-servicio/${id}/history`)).body)
    expect(await history(as('Gerente de FM'))).toContain(site!.label)
    expect(await history(client)).toContain('Sede')
    expect(await history(client)).not.toContain(site!.label)

    const [supplier] = await records('proveedor').find({}, { limit: 1 })
    const typed = { data: { sede: site!._id, proveedor: supplier!._id } }
    expect((await client.put('/api/form-drafts/process:solicitar-servicio', typed)).status).toBe(200)
    const page = (await client.get('/api/processes/solicitar-servicio')).body
    expect(page.draft.data).toMatchObject(typed.data)
    for (const { label } of [site!, supplier!]) expect(JSON.stringify(page)).not.toContain(label)
  })

  it('[FM-D-015] a supplier edits its own contact data', async () => {
    const [own] = (await as('Proveedor').get('/api/records/proveedor')).body.items as { id: string; revision: number }[]
    const path = `/api/records/proveedor/${own!.id}`
    expect((await as('Proveedor').patch(path, { data: { telefono: '014440000' } }, match(own!))).status).toBe(200)
  })
})
