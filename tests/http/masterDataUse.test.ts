import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { ReturningVisitor } from './ReturningVisitor.ts'
import { startProduct } from './harness.ts'

type Data = Record<string, string | null>

/** How the rate of exchange and the IGV are used: in records, in lists, in time. */
describe('master data in use', () => {
  let product: Running
  let manager: ReturningVisitor
  let admin: ReturningVisitor
  beforeAll(async () => {
    product = await startProduct()
    await product.ctx.db.records('tipo-cambio').deleteMany({})
    at('2026-03-02')
    manager = new ReturningVisitor(product.staffUrl, 'gerente.fm@demo.pe')
    admin = new ReturningVisitor(product.staffUrl, 'superadmin@demo.pe')
    for (const [day, buy, sell] of [
      ['2025-12-30', '3.700', '3.710'],
      ['2026-02-27', '3.890', '3.900'],
      ['2026-03-02', '3.898', '3.919'],
    ] as const)
      await rate(day, buy, sell)
  })
  afterAll(() => product.stop())
  const at = (day: string): void => product.clock?.freeze(new Date(`${day}T17:00:00Z`))

  async function rate(fecha: string, compra: string, venta: string): Promise<void> {
    const now = new Date(`${fecha}T17:00:00Z`)
    const data = { fecha, compra, venta, fuente: 'SUNAT', origen: 'sunat-txt', publicado: fecha, estado: 'Activo' }
    await product.ctx.db.records('tipo-cambio').insert({
      ...{ _id: `tc${fecha}`, revision: 1, label: fecha, search: fecha, aliases: [], createdBy: null, updatedBy: null },
      ...{ pack: { name: 'fm', number: 1 }, createdAt: now, updatedAt: now, deletedAt: null, inactiveAt: null },
      ...{ data: { ...data, arrastrado: false, actualizado: now.toISOString(), confirmacion: 'No requiere' } },
      effective: { counts: true, until: null, cancelled: null },
    })
  }
  async function equipment(changes: Data): Promise<string> {
    const data = {
      ...{ descripcion: 'Ventilador', tipo: 'Equipos Menores', marca: 'Acme', modelo: 'V1', categoria: 'hvac' },
      ...{ subcategoria: 'ventiladores', pais: 'PE', ubicacion: 'Lima', ceco: '100', moneda: 'PEN', precio: '1000.00' },
      ...changes,
    }
    const answer = await manager.post('/api/records/equipo', { data, warned: true })
    expect({ status: answer.status, issues: answer.body.issues ?? [] }).toEqual({ status: 201, issues: [] })
    return answer.body.id as string
  }
  const read = async (id: string): Promise<Data> => (await manager.get(`/api/records/equipo/${id}`)).body.data as Data
  const igv = (data: Data) => manager.post('/api/processes/modificar-igv/instances', { data })
  const days = async (query: string): Promise<string[]> =>
    ((await manager.get(`/api/records/tipo-cambio?sort=fecha${query}`)).body.items as { data: Data }[]).map(
      ({ data }) => data.fecha ?? '',
    )

  it('[FM-10.2.4-1] [FM-10.2.4-12] [FM-10.2.4-13] [FM-10.2.4-14] a piece of equipment has its price without and with IGV, and keeps the percentage', async () => {
    const data = await read(await equipment({ precio: '33.33' }))
    expect(data).toMatchObject({ precio: '33.33', igvPorcentaje: '0.1800', igv: '6.00', precioTotal: '39.33' })
  })

  it('[FM-10.1.4-2] [FM-D-059] the equivalent in the other currency stands beside it, with the rate and its date', async () => {
    const soles = await read(await equipment({ precio: '847.46' }))
    expect(soles).toMatchObject({ precioTotal: '1000.00', equivalente: '255.17', monedaEquivalente: 'USD' })
    expect(soles).toMatchObject({ tipoCambio: '3.919', tipoCambioFecha: '2026-03-02' })
    const dollars = await read(await equipment({ precio: '847.46', moneda: 'USD' }))
    expect(dollars).toMatchObject({ equivalente: '3898.00', monedaEquivalente: 'PEN', tipoCambio: '3.898' })
  })

  it('[FM-D-105] the side of the conversion is a setting of its purpose', async () => {
    const id = await equipment({ precio: '847.46', moneda: 'USD' })
    const tabs = (await admin.get('/api/settings')).body as { tab: string; revision: number; data: { lado: Data } }[]
    const tab = tabs.find(({ tab: key }) => key === 'tipoCambio')
    const save = async (precios: string, revision: number) => {
      const body = { data: { ...tab?.data, lado: { ...tab?.data.lado, precios } } }
      const path = '/api/settings/fm/tipoCambio'
      expect((await admin.send('PUT', path, { body, headers: { 'if-match': `"${revision}"` } })).status).toBe(200)
    }
    await save('venta', tab?.revision ?? 0)
    expect(await read(id)).toMatchObject({ equivalente: '3919.00', tipoCambio: '3.919' })
    await save('normal', (tab?.revision ?? 0) + 1)
    expect(await read(id)).toMatchObject({ equivalente: '3898.00' })
  })

  it('[FM-D-061] a range of prices finds dollars by their equivalent of today', async () => {
    const dear = await equipment({ precio: '500.00', moneda: 'USD' })
    const found = async (from: string, to: string): Promise<string[]> => {
      const path = `/api/records/equipo?filter.precio.from=${from}&filter.precio.to=${to}`
      return ((await manager.get(path)).body.items as { id: string }[]).map(({ id }) => id)
    }
    expect(await found('1949', '1949')).toEqual([dear])
    expect(await found('1949.01', '2000')).toEqual([])
    expect(await found('400', '600')).toEqual([])
  })

  it('[FM-10.1.3-3] [FM-10.1.3-5] [FM-10.1.3-6] the rate of a past date, by range, and by month and year', async () => {
    expect(await days('&filter.fecha=2026-02-27')).toEqual(['2026-02-27'])
    expect(await days('&filter.fecha.from=2025-12-31&filter.fecha.to=2026-03-01')).toEqual(['2026-02-27'])
    expect(await days('&filter.fecha.from=2025-12-01&filter.fecha.to=2025-12-31')).toEqual(['2025-12-30'])
  })

  it('[FM-10.2.2-3] the form says the value in force before it asks for the new one', async () => {
    const { form, data } = (await manager.get('/api/processes/modificar-igv')).body as {
      form: { confirm: string; schema: { properties: Record<string, { title: string; readOnly?: boolean }> } }
      data: Data
    }
    expect(data).toMatchObject({ tasaVigente: '0.1800', desdeCuando: '2011-03-01' })
    expect(form.schema.properties.tasaVigente?.title).toBe('Porcentaje de IGV vigente')
    expect(form.confirm).toContain('{porcentaje}')
  })

  it('[FM-10.2.1-4] [FM-10.2.2-8] [FM-10.2.2-9] [FM-10.2.4-15] [FM-D-060] [FM-D-112] a new percentage counts from its date: for new records, and where the price is edited', async () => {
    const old = await equipment({ precio: '100.00' })
    expect((await igv({ porcentaje: '0.19', vigencia: '2026-07-01', observaciones: 'Ley' })).status).toBe(201)
    const states = async (): Promise<(string | null | undefined)[][]> =>
      ((await manager.get('/api/records/tasa-igv?sort=vigencia')).body.items as { data: Data }[]).map(({ data }) => [
        data.vigencia,
        data.estado,
      ])
    expect(await states()).toEqual([
      ['2011-03-01', 'Activo'],
      ['2026-07-01', 'Programado'],
    ])
    at('2026-07-01')
    expect(await states()).toEqual([
      ['2011-03-01', 'Inactivo'],
      ['2026-07-01', 'Activo'],
    ])
    expect(await read(await equipment({ precio: '100.00' }))).toMatchObject({ igvPorcentaje: '0.1900', igv: '19.00' })
    const change = async (data: Data): Promise<void> => {
      const { revision } = (await manager.get(`/api/records/equipo/${old}`)).body as { revision: number }
      const headers = { 'if-match': `"${revision}"` }
      expect((await manager.patch(`/api/records/equipo/${old}`, { data, warned: true }, { headers })).status).toBe(200)
    }
    await change({ marca: 'Otra' })
    expect(await read(old)).toMatchObject({ igvPorcentaje: '0.1800', igv: '18.00', precioTotal: '118.00' })
    await change({ precio: '200.00' })
    expect(await read(old)).toMatchObject({ igvPorcentaje: '0.1900', igv: '38.00', precioTotal: '238.00' })
  })

  it('[FM-D-112] what is planned is cancelled with a reason by the Gerente de FM alone, and stays in the history', async () => {
    at('2026-07-02')
    expect((await igv({ porcentaje: '0.2', vigencia: '2027-01-01', observaciones: 'Proyecto' })).status).toBe(201)
    const [row] = (await manager.get('/api/records/tasa-igv?filter.estado=Programado')).body.items as { id: string }[]
    const path = `/api/records/tasa-igv/${row?.id}/actions/cancel`
    expect((await admin.post(path, { reason: 'No' })).status).toBe(403)
    expect((await manager.post(path, { reason: 'No se aprobó' })).status).toBe(200)
    expect((await manager.get('/api/records/tasa-igv?filter.estado=Cancelado')).body.items).toHaveLength(1)
    expect((await manager.get('/api/records/tasa-igv?filter.estado=Programado')).body.items).toHaveLength(0)
  })

  it.each([
    ['[FM-10-5]', 'zonas-geograficas'],
    ['[FM-10-7]', 'horarios-operacion'],
    ['[FM-10-8]', 'tarifas-estandar'],
    ['[FM-10-9]', 'categorias-equipo'],
    ['[FM-10-9]', 'subcategorias-equipo'],
    ['[FM-10-10]', 'tipos-mantenimiento'],
    ['[FM-10-11]', 'plantillas-documentos'],
    ['[FM-10-12]', 'firma-electronica'],
    ['[FM-10-4]', 'paises'],
  ])('%s the catalogue %s is prepared', async (_id, name) => {
    const { status, body } = await manager.get(`/api/catalogs/${name}`)
    expect({ status, some: (body.rows as unknown[]).length > 0 }).toEqual({ status: 200, some: true })
  })

  it('[FM-D-107] the key of the commercial source is kept and never shown, also in the audit', async () => {
    const tab = async () =>
      ((await admin.get('/api/settings')).body as { tab: string; revision: number; data: Data }[]).find(
        ({ tab: key }) => key === 'tipoCambio',
      )
    const before = await tab()
    const put = (data: object, revision: number) =>
      admin.send('PUT', '/api/settings/fm/tipoCambio', {
        ...{ body: { data }, headers: { 'if-match': `"${revision}"` } },
      })
    const saved = await put({ ...before?.data, claveComercial: 'secreta-123' }, before?.revision ?? 0)
    expect({ status: saved.status, told: JSON.stringify(saved.body).includes('secreta') }).toEqual({
      status: 200,
      told: false,
    })
    const again = await tab()
    expect(again?.data).not.toHaveProperty('claveComercial')
    expect((await put({ ...again?.data }, again?.revision ?? 0)).status).toBe(200)
    const stored = await product.ctx.db.settings.get(`${product.ctx.tenant}:fm`)
    expect(stored?.values.tipoCambio).toMatchObject({ claveComercial: 'secreta-123' })
    const rows = await product.ctx.db.audit.find({ action: 'settings.updated' })
    expect(JSON.stringify(rows)).not.toContain('secreta')
    expect(JSON.stringify(rows)).toContain('•••')
  })
})
