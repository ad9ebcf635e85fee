import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ReportView } from '../../engine/contract/index.ts'
import type { Running } from '../../engine/main.ts'
import { complete, contractData, People, startContract, type ContractCase } from './contractCase.ts'
import { startProduct } from './harness.ts'
import { putRate } from './putRate.ts'
import type { Answer } from './Visitor.ts'

type Data = Record<string, unknown>

/** Sections 9.7 to 9.9 with 10.1.4 and 10.2.4: what a contract costs, with FEE, IGV and the other currency. */
describe('the quote of a contract', () => {
  let product: Running
  let people: People
  /** Goes to noon of a day; who was signed in signs in again. */
  function at(day: string): void {
    product.clock?.freeze(new Date(`${day}T17:00:00Z`))
    people = new People(product)
  }
  beforeAll(async () => {
    product = await startProduct()
    await product.ctx.db.records('tipo-cambio').deleteMany({})
    at('2026-03-02')
    await putRate(product, '2026-03-02', '3.898', '3.919')
  }, 90_000)
  afterAll(() => product.stop())

  /** One client of each kind. */
  async function clientOf(kind: 'Interno' | 'Externo'): Promise<string> {
    const manager = await people.as('gerente.fm')
    const { items } = (await manager.get('/api/records/cliente?size=50')).body
    const client = (items as { id: string; data: Data }[]).find(({ data }) => data.clasificacion === kind)
    return client?.id ?? ''
  }
  const contract = async (data: Data = {}): Promise<ContractCase> =>
    startContract(people, { ...(await contractData(await people.as('gerente.fm'))), ...data })
  const read = async (user: string, { id }: ContractCase): Promise<Data> =>
    (await (await people.as(user)).get(`/api/records/contrato/${id}`)).body.data
  async function change(user: string, { id }: ContractCase, data: Data): Promise<Answer> {
    const stored = await product.ctx.db.records('contrato').get(id)
    const headers = { 'if-match': String(stored?.revision) }
    return (await people.as(user)).patch(`/api/records/contrato/${id}`, { data, warned: true }, { headers })
  }
  async function quoted(user: string, held: ContractCase, fee: string, ...costs: string[]): Promise<Data> {
    const lines = costs.map((costo, index) => ({ descripcion: `Servicio ${index + 1}`, costo }))
    const { status, body } = await change(user, held, { cotizacion: lines, fee })
    expect({ status, issues: body.issues }).toEqual({ status: 200, issues: undefined })
    return read(user, held)
  }

  it('[FM-9.9.2-1] [FM-9.9.2-2] [FM-9.9.3-1] [FM-9.9.3-2] [FM-9.9.3-3] [FM-9.9.3-4] [FM-9.9.3-5] [FM-9.9.3-6] [FM-9.8-1] [FM-9.8-2] [FM-9.8-3] [FM-10.2.4-3] [FM-10.2.4-4] of an external client divides the cost by what the FEE leaves, and adds the IGV', async () => {
    const held = await contract({ cliente: await clientOf('Externo') })
    expect(await quoted('facility.manager', held, '0.20', '600.00', '400.00')).toMatchObject({
      ...{ tipoCliente: 'Externo', costoServicio: '1000.00', fee: '0.2000', feeMonto: '250.00' },
      ...{ precioVenta: '1250.00', igvPorcentaje: '0.1800', igv: '225.00', total: '1475.00' },
      cotizacion: [{ precio: '750.00' }, { precio: '500.00' }],
    })
  })

  it('[FM-9.9.2-3] [FM-9.9.2-4] [FM-D-100] of an internal client adds the FEE to the cost', async () => {
    const held = await contract({ cliente: await clientOf('Interno') })
    expect(await quoted('gerente.fm', held, '0.15', '1000.00')).toMatchObject({
      ...{ tipoCliente: 'Interno', costoServicio: '1000.00', feeMonto: '150.00', precioVenta: '1150.00' },
      ...{ igv: '207.00', total: '1357.00' },
    })
  })

  it('[FM-10.1.4-4] [FM-10.1.4-5] [FM-10.1.4-6] [FM-10.1.4-7] [FM-9.7-2] [FM-9.7-3] [FM-9.7-4] [FM-D-105] says cost, FEE and totals in the other currency, at the rate that the contract keeps', async () => {
    const cliente = await clientOf('Externo')
    const used = { tipoCambioFecha: '2026-03-02', tipoCambioFuente: 'SUNAT' }
    const soles = await quoted('facility.manager', await contract({ cliente }), '0.20', '1000.00')
    expect(soles).toMatchObject({
      ...{ monedaEquivalente: 'USD', tipoCambio: '3.919', tipoCambioLado: 'venta', ...used },
      ...{ costoServicioEquivalente: '255.17', feeMontoEquivalente: '63.79', precioVentaEquivalente: '318.96' },
      ...{ igvEquivalente: '57.41', totalEquivalente: '376.37' },
    })
    const dollars = await quoted('facility.manager', await contract({ cliente, moneda: 'USD' }), '0.20', '1000.00')
    expect(dollars).toMatchObject({
      ...{ monedaEquivalente: 'PEN', tipoCambio: '3.898', tipoCambioLado: 'compra', ...used },
      ...{ costoServicioEquivalente: '3898.00', feeMontoEquivalente: '974.50', precioVentaEquivalente: '4872.50' },
      ...{ igvEquivalente: '877.05', totalEquivalente: '5749.55' },
    })
  })

  it('[FM-9.9.1-1] [FM-9.9.1-3] [FM-D-099] is written by FM and Gerente de FM alone, and an external FEE stays below 100 %', async () => {
    const held = await contract()
    const line = { descripcion: 'Servicio', costo: '100.00' }
    for (const user of ['legal', 'gerente.general', 'superadmin', 'planner', 'cliente']) {
      const { status } = await change(user, held, { cotizacion: [line], fee: '0.10' })
      expect({ user, status }).toEqual({ user, status: user === 'legal' || user === 'planner' ? 404 : 403 })
    }
    expect((await read('gerente.fm', held)).fee ?? null).toBeNull()
    const whole = await change('facility.manager', held, { cotizacion: [line], fee: '1' })
    expect(whole.status).toBe(422)
    expect(JSON.stringify(whole.body.issues)).toContain('El FEE de un cliente externo debe ser menor a 100%')
    expect((await change('facility.manager', held, { cotizacion: [line], fee: '1.5' })).status).toBe(422)
    expect((await change('facility.manager', held, { cotizacion: [line] })).status).toBe(422)
    const inside = await contract({ cliente: await clientOf('Interno') })
    expect(await quoted('facility.manager', inside, '1', '100.00')).toMatchObject({ precioVenta: '200.00' })
  })

  it('[FM-D-087] no client sees costs, FEE or prices, neither on the contract nor in its history', async () => {
    const held = await contract()
    await quoted('facility.manager', held, '0.2345', '7654.32')
    const client = await people.as('cliente')
    const shown = await client.get(`/api/records/contrato/${held.id}`)
    expect({ status: shown.status, codigo: typeof shown.body.data.codigo }).toEqual({ status: 200, codigo: 'string' })
    const history = await client.get(`/api/records/contrato/${held.id}/history`)
    for (const { body } of [shown, history])
      expect(JSON.stringify(body)).not.toMatch(/7654|2345|costo|fee|precioVenta|cotizacion/)
  })

  it('[FM-9.9.1-2] [FM-9.9.1-4] [FM-D-098] is locked once the proposal is sent', async () => {
    const held = await contract()
    const before = await quoted('facility.manager', held, '0.10', '900.00')
    const manager = await people.as('facility.manager')
    const legal = await people.as('legal')
    const archivo = (await contractData(manager)).archivo
    expect((await complete(manager, held, 'iniciarRevision', 'iniciar')).status).toBe(200)
    await quoted('facility.manager', held, '0.10', '900.00')
    for (const [who, key, outcome, data] of [
      [manager, 'revisar', 'legal', {}],
      [legal, 'revisarLegal', 'aprobar', {}],
      [manager, 'prepararPropuesta', 'proponer', { archivo }],
    ] as const) {
      const { status, body } = await complete(who, held, key, outcome, data)
      expect({ key, status, body: body.issues ?? body.message ?? null }).toEqual({ key, status: 200, body: null })
    }
    expect((await read('facility.manager', held)).estado).toBe('Propuesta Enviada')
    await change('facility.manager', held, { fee: '0.50', moneda: 'USD' })
    const { fee, moneda, costoServicio, precioVenta, total, tipoCambio } = before
    const locked = { fee, moneda, costoServicio, precioVenta, total, tipoCambio }
    expect(await read('facility.manager', held)).toMatchObject({ ...locked, estado: 'Propuesta Enviada' })
  })

  it('[FM-10.1.4-13] [FM-10.2.4-15] [FM-9.8-4] [FM-D-111] keeps rate and IGV of the day on which the contract was made', async () => {
    at('2026-03-05')
    const held = await contract()
    const before = await quoted('facility.manager', held, '0.10', '900.00')
    const data = { porcentaje: '0.19', vigencia: '2026-07-01', observaciones: 'Ley de prueba' }
    const igv = await (await people.as('gerente.fm')).post('/api/processes/modificar-igv/instances', { data })
    expect(igv.status).toBe(201)
    at('2026-07-02')
    await putRate(product, '2026-07-02', '3.500', '3.520')
    const fresh = await quoted('facility.manager', await contract(), '0.10', '900.00')
    expect(fresh).toMatchObject({ igvPorcentaje: '0.1900', igv: '190.00', total: '1190.00', tipoCambio: '3.520' })
    expect(await quoted('facility.manager', held, '0.10', '1800.00')).toMatchObject({
      ...{ igvPorcentaje: '0.1800', igv: '360.00', total: '2360.00', tipoCambio: '3.919' },
      tipoCambioFecha: before.tipoCambioFecha,
    })
  })

  it('[FM-10.1.4-9] [FM-10.2.4-7] [FM-9.7-5] the financial report adds base, IGV and total by month, client and currency, in both currencies', async () => {
    at('2026-07-03')
    const cliente = await clientOf('Externo')
    for (const [moneda, cost] of [
      ['PEN', '1000.00'],
      ['PEN', '2000.00'],
      ['USD', '300.00'],
    ] as const)
      await quoted('facility.manager', await contract({ cliente, moneda }), '0.20', cost)
    const manager = await people.as('gerente.general')
    const { body } = await manager.get(`/api/reports/contratos-por-periodo?filter.cliente=${cliente}&filter.fechaSolicitud.from=2026-07-03&filter.fechaSolicitud.to=2026-07-03`) // prettier-ignore
    const { groups, total } = body as unknown as ReportView
    expect(groups.map(({ path }) => path)).toEqual([['2026-07'], ['2026-07', cliente]])
    expect(total.values).toEqual([
      [{ currency: null, value: '3' }],
      [{ currency: 'PEN', value: '3750.00' }, { currency: 'USD', value: '375.00' }], // prettier-ignore
      [{ currency: 'PEN', value: '712.50' }, { currency: 'USD', value: '71.25' }], // prettier-ignore
      [{ currency: 'PEN', value: '4462.50' }, { currency: 'USD', value: '446.25' }], // prettier-ignore
      [{ currency: 'PEN', value: '1312.50' }, { currency: 'USD', value: '1065.34' }], // prettier-ignore
      [{ currency: 'PEN', value: '249.38' }, { currency: 'USD', value: '202.41' }], // prettier-ignore
      [{ currency: 'PEN', value: '1561.88' }, { currency: 'USD', value: '1267.76' }], // prettier-ignore
    ])
  })
})
