import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../harness.ts'
import { clientData, propertyData, supplierData } from '../sampleRecords.ts'
import { storedRecord } from '../walkFields.ts'

/** Which suppliers are suggested for a service at a place: FM-D-051, through the API that the form's field asks. */
describe('suggested suppliers', () => {
  let product: Running
  let admin: Visitor
  let planner: Visitor
  const miraflores = { departamento: '15', provincia: '1501', distrito: '150122' }
  const lima = { departamento: '15', provincias: ['1501'] }
  const suppliers: Record<string, { cobertura?: object[]; emergencia24x7?: boolean }> = {
    'Zeta district': { cobertura: [{ ...lima, distritos: ['150122'] }] },
    'Alfa district': { cobertura: [{ ...lima, distritos: ['150122', '150131'] }] },
    'Yota province': { cobertura: [lima] },
    'Beta department': { cobertura: [{ departamento: '15' }], emergencia24x7: true },
    'Cala province': { cobertura: [{ departamento: '15', provincias: ['1505'] }] },
    'Aleph elsewhere': { cobertura: [{ departamento: '25' }], emergencia24x7: true },
    'Aries elsewhere': {},
  }
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
    planner = await signIn(product.staffUrl, 'planner')
    const module = { entity: 'proveedor', visitor: () => admin, data: () => supplierData() }
    for (const [name, data] of Object.entries(suppliers))
      await storedRecord(module, supplierData({ ...data, razonSocial: `Sugerido ${name}` }))
  }, 90_000)
  afterAll(async () => {
    await product.stop()
  })

  const suggested = async (value: object): Promise<string[]> => {
    const query = new URLSearchParams({
      for: 'solicitud-servicio.proveedor',
      with: JSON.stringify(value),
      q: 'sugerido',
      size: '50',
    })
    const { status, body } = await planner.get(`/api/records/proveedor?${query.toString()}`)
    expect({ status, message: body.message }).toEqual({ status: 200, message: undefined })
    return (body.items as { data: { razonSocial: string } }[]).map(({ data }) =>
      data.razonSocial.replace('Sugerido ', ''),
    )
  }

  it('[FM-6-14] [FM-6-15] come in the order of their coverage: district, province, department, others; then by name', async () => {
    expect(await suggested({ ...miraflores, emergencia: false })).toEqual([
      'Alfa district',
      'Zeta district',
      'Yota province',
      'Beta department',
      'Cala province',
      'Aleph elsewhere',
      'Aries elsewhere',
    ])
    // Who serves a district of this province is nearer than who serves another province of the department.
    expect(await suggested({ ...miraflores, distrito: '150101', emergencia: false })).toEqual([
      'Yota province',
      'Beta department',
      'Alfa district',
      'Zeta district',
      'Cala province',
      'Aleph elsewhere',
      'Aries elsewhere',
    ])
  })

  it('[FM-6-14] [FM-6-15] of a service that was asked for at a site, the place is the site’s', async () => {
    const client = await admin.post('/api/records/cliente', { data: clientData() })
    const site = await admin.post('/api/records/inmueble', { data: propertyData(client.body.id, miraflores) })
    const inAWeek = new Date(product.ctx.clock.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10)
    const data = { sede: site.body.id, descripcion: 'Fuga de agua', fecha: inAWeek, emergencia: true }
    const asked = await planner.post('/api/processes/solicitar-servicio/instances', { data })
    expect({ status: asked.status, issues: asked.body.issues }).toEqual({ status: 201, issues: undefined })
    const { record } = asked.body.instance as { record: { id: string } }
    const held = (await planner.get(`/api/records/solicitud-servicio/${record.id}`)).body.data
    expect(held).toMatchObject(miraflores)
    expect((await suggested(held)).slice(0, 3)).toEqual(['Beta department', 'Aleph elsewhere', 'Alfa district'])
  })

  it('[FM-6.5.1-4] [FM-D-051] in an emergency those with 24 x 7 come first, the nearest of them before', async () => {
    expect(await suggested({ ...miraflores, emergencia: true })).toEqual([
      'Beta department',
      'Aleph elsewhere',
      'Alfa district',
      'Zeta district',
      'Yota province',
      'Cala province',
      'Aries elsewhere',
    ])
  })

  it('[FM-D-051] an inactive supplier is not suggested', async () => {
    const { items } = (await admin.get('/api/records/proveedor?q=sugerido%20zeta')).body
    const at = { headers: { 'if-match': String(items[0].revision) } }
    const answer = await admin.post(`/api/records/proveedor/${items[0].id}/inactivate`, { reason: 'Cerró' }, at)
    expect(answer.status).toBeLessThan(300)
    expect(await suggested({ ...miraflores, emergencia: false })).not.toContain('Zeta district')
  })

  it('a supplier of the portal asks for no other', async () => {
    const supplier = await signIn(product.portalUrl, 'proveedor')
    const answer = await supplier.get('/api/records/proveedor?for=solicitud-servicio.proveedor&with=%7B%7D')
    expect(answer.status).toBe(404)
  })
})
