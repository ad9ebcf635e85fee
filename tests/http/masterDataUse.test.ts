import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { startProduct } from './harness.ts'
import { putRate } from './putRate.ts'
import { ReturningVisitor } from './ReturningVisitor.ts'
import { clientData, equipmentData, propertyData, supplierData } from './sampleRecords.ts'

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
      await putRate(product, day, buy, sell)
  }, 90_000)
  afterAll(() => product.stop())
  const at = (day: string): void => product.clock?.freeze(new Date(`${day}T17:00:00Z`))

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

  it('[FM-D-105] the side of the conversion is a setting of its purpose, for prices written from then on', async () => {
    const dollars = { precio: '847.46', moneda: 'USD' }
    const before = await equipment(dollars)
    const tabs = (await admin.get('/api/settings')).body as { tab: string; revision: number; data: { lado: Data } }[]
    const tab = tabs.find(({ tab: key }) => key === 'tipoCambio')
    const save = async (precios: string, revision: number) => {
      const body = { data: { ...tab?.data, lado: { ...tab?.data.lado, precios } } }
      const path = '/api/settings/fm/tipoCambio'
      expect((await admin.send('PUT', path, { body, headers: { 'if-match': `"${revision}"` } })).status).toBe(200)
    }
    await save('venta', tab?.revision ?? 0)
    expect(await read(await equipment(dollars))).toMatchObject({ equivalente: '3919.00', tipoCambio: '3.919' })
    expect(await read(before)).toMatchObject({ equivalente: '3898.00', tipoCambio: '3.898' })
    await save('normal', (tab?.revision ?? 0) + 1)
    expect(await read(await equipment(dollars))).toMatchObject({ equivalente: '3898.00' })
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

  it('[FM-10.2.1-4] [FM-10.2.1-5] [FM-D-112] a rate is "Programado" until its date, then "Activo" and the former "Inactivo", each with its remarks', async () => {
    const observaciones = 'Ley 32000: sube un punto desde julio (véase «El Peruano», 30/06).'
    expect((await igv({ porcentaje: '0.19', vigencia: '2026-07-01', observaciones })).status).toBe(201)
    const states = async (): Promise<(string | null | undefined)[][]> =>
      ((await manager.get('/api/records/tasa-igv?sort=vigencia')).body.items as { data: Data }[]).map(({ data }) => [
        data.vigencia,
        data.estado,
        data.observaciones,
      ])
    const first = (await states())[0]?.[2]
    expect(await states()).toEqual([
      ['2011-03-01', 'Activo', first],
      ['2026-07-01', 'Programado', observaciones],
    ])
    at('2026-07-01')
    expect(await states()).toEqual([
      ['2011-03-01', 'Inactivo', first],
      ['2026-07-01', 'Activo', observaciones],
    ])
  })

  it('[FM-D-112] what is planned is cancelled with a reason by the Gerente de FM alone, and stays in the history', async () => {
    at('2026-07-02')
    expect((await igv({ porcentaje: '0.2', vigencia: '2027-01-01', observaciones: 'Proyecto' })).status).toBe(201)
    const [row] = (await manager.get('/api/records/tasa-igv?filter.estado=Programado')).body.items as { id: string }[]
    const path = `/api/records/tasa-igv/${row?.id}/actions/cancel`
    expect((await admin.post(path, { reason: 'No' })).status).toBe(403)
    expect((await manager.post(path, { reason: 'No se aprobó' })).status).toBe(200)
    const [current] = (await manager.get('/api/records/tasa-igv?filter.estado=Activo')).body.items as { id: string }[]
    const begun = `/api/records/tasa-igv/${current?.id}/actions/cancel`
    expect((await manager.post(begun, { reason: 'Tarde' })).status).toBeGreaterThanOrEqual(403)
    expect((await manager.get('/api/records/tasa-igv?filter.estado=Activo')).body.items).toHaveLength(1)
    expect((await manager.get('/api/records/tasa-igv?filter.estado=Cancelado')).body.items).toHaveLength(1)
    expect((await manager.get('/api/records/tasa-igv?filter.estado=Programado')).body.items).toHaveLength(0)
  })

  it('[FM-10-1] what all modules use is kept in one place: rates, IGV, lists of values, holidays and settings', async () => {
    const { menus } = (await admin.get('/api/session')).body as { menus: { title: string; items: { key: string }[] }[] }
    const menu = menus.find(({ title }) => title === 'Datos Maestros')
    expect(menu?.items.map(({ key }) => key)).toEqual(['tipo-cambio', 'tasa-igv', 'catalogs', 'calendar'])
    expect((await admin.get('/api/settings/calendar?year=2026')).body.days.length).toBeGreaterThan(0)
    const lists = ((await admin.get('/api/catalogs')).body as { key: string }[]).map(({ key }) => key)
    const used = ['departamentos', 'provincias', 'distritos', 'paises', 'zonas-geograficas', 'categorias-equipo', 'subcategorias-equipo', 'unidades-medida', 'almacenes', 'areas'] // prettier-ignore
    expect(lists).toEqual(expect.arrayContaining(used))
    const tabs = ((await admin.get('/api/settings')).body as { tab: string }[]).map(({ tab }) => tab)
    expect(tabs).toEqual(expect.arrayContaining(['codigos', 'archivos', 'tipoCambio']))
  })

  it('[FM-10-2] a value that is corrected there reads the same at once wherever it is used, and is offered to none once withdrawn', async () => {
    const own = { razonSocial: 'Consistente S.A.C.', email: 'a@example.pe' }
    const client = (await admin.post('/api/records/cliente', { data: clientData(own) })).body.id as string
    const place = { departamento: '25', provincia: '2501', distrito: undefined, ubicacion: 'Provincias' }
    const makers: [string, object][] = [
      ['inmueble', propertyData(client, { ...place, nombre: 'Consistente' })],
      ['equipo', equipmentData({ ...place, descripcion: 'Consistente' })],
      ['proveedor', supplierData({ departamento: '25', ubicacion: 'Provincias', razonSocial: 'Consistente' })],
    ]
    for (const [entity, data] of makers)
      expect((await admin.post(`/api/records/${entity}`, { data, warned: true })).status).toBe(201)
    const row = '/api/catalogs/departamentos/rows/25'
    const edit = (body: object, revision: number) =>
      admin.patch(row, body, { headers: { 'if-match': String(revision) } })
    expect((await edit({ data: { nombre: 'Ucayali (corregido)' } }, 0)).status).toBe(200)
    for (const [entity] of makers) {
      const sheet = await admin.get(`/api/records/${entity}/export?format=csv&q=consistente&columns=departamento`)
      expect({ entity, text: String(sheet.body) }).toEqual({ entity, text: expect.stringContaining('Ucayali (corregido)') }) // prettier-ignore
    }
    expect((await edit({ inactive: true }, 1)).status).toBe(200)
    for (const [entity, data] of makers) {
      const { status, body } = await admin.post(`/api/records/${entity}`, { data, warned: true })
      const paths = (body.issues as { path: string }[]).map(({ path }) => path)
      expect({ entity, status, paths }).toEqual({
        entity,
        status: 422,
        paths: expect.arrayContaining(['departamento']),
      })
    }
  })

  it('[FM-10-6] [FM-D-115] the holidays of Peru are there, and the Superadministrador adds and takes days', async () => {
    const path = '/api/settings/calendar'
    const days = async () => (await admin.get(`${path}?year=2026`)).body.days as { day: string; holiday: boolean }[]
    const official = (await days()).filter(({ holiday }) => holiday).map(({ day }) => day)
    expect(official).toEqual(expect.arrayContaining(['2026-01-01', '2026-05-01', '2026-07-28', '2026-07-29', '2026-12-25'])) // prettier-ignore
    const body = { day: '2026-11-20', as: 'holiday', name: 'Aniversario', reason: 'Acuerdo' }
    const planner = new ReturningVisitor(product.staffUrl, 'planner@demo.pe')
    expect((await planner.send('PUT', path, { body })).status).toBe(403)
    expect((await admin.send('PUT', path, { body })).status).toBe(200)
    expect(await days()).toContainEqual(expect.objectContaining({ day: '2026-11-20', name: 'Aniversario', holiday: true })) // prettier-ignore
    expect((await admin.send('PUT', path, { body: { day: '2026-11-20', as: 'official' } })).status).toBe(200)
    expect((await days()).some(({ day }) => day === '2026-11-20')).toBe(false)
  })

  it.each<[ids: string, name: string, among: string[], added: Data]>([
    ['[FM-10-4]', 'paises', ['Perú', 'Chile', 'España'], { codigo: 'XK', nombre: 'Kosovo' }],
    ['[FM-10-5]', 'zonas-geograficas', ['Zona Norte', 'Zona Sur'], { nombre: 'Zona Callao' }],
    ['[FM-10-7]', 'horarios-operacion', ['Oficina', '24 x 7'], { nombre: 'Nocturno', descripcion: 'De 22:00 a 6:00' }],
    [
      '[FM-10-8]',
      'tarifas-estandar',
      ['Hora de técnico'],
      { nombre: 'Hora de ingeniero', unidad: 'Hora', tarifa: '120.00' },
    ],
    ['[FM-10-9]', 'categorias-equipo', ['HVAC', 'SACI'], { nombre: 'Transporte vertical', abreviatura: 'TV' }],
    ['[FM-10-9]', 'subcategorias-equipo', ['Tablero'], { nombre: 'Ascensor', codigo: '008' }],
    ['[FM-10-10]', 'tipos-mantenimiento', ['Preventivo', 'Correctivo'], { nombre: 'Predictivo' }],
    ['[FM-10-11]', 'plantillas-documentos', ['Contrato', 'Adenda'], { nombre: 'Acta de conformidad' }],
    ['[FM-10-12]', 'firma-electronica', ['Firma digital'], { nombre: 'Firma manuscrita escaneada' }],
  ])('%s the catalogue %s has %j, and only the Superadministrador adds to it', async (_ids, name, among, data) => {
    const titles = async (): Promise<string[]> =>
      ((await manager.get(`/api/catalogs/${name}`)).body.rows as { title: string }[]).map(({ title }) => title)
    expect(await titles()).toEqual(expect.arrayContaining(among))
    expect((await manager.post(`/api/catalogs/${name}/rows`, { data })).status).toBe(403)
    expect(await titles()).not.toContain(data.nombre)
    const added = await admin.post(`/api/catalogs/${name}/rows`, { data })
    expect({ status: added.status, body: added.body }).toMatchObject({ status: 201, body: { data } })
    expect(await titles()).toContain(data.nombre)
    expect((await admin.post(`/api/catalogs/${name}/rows`, { data: { ...data, nombre: undefined } })).status).toBe(422)
  })

  it('[FM-10-4] the countries are those of ISO, Perú first', async () => {
    const { rows } = (await manager.get('/api/catalogs/paises')).body as { rows: { key: string }[] }
    expect(rows.length).toBeGreaterThanOrEqual(249)
    expect(rows[0]).toMatchObject({ key: 'PE', title: 'Perú' })
  })

  it('[FM-10-9] [FM-D-053] an added category and subcategory give codes of their own; neither goes while equipment has it', async () => {
    const category = { nombre: 'Bombeo', abreviatura: 'BO' }
    const rows = '/api/catalogs/categorias-equipo/rows'
    const categoria = (await admin.post(rows, { data: category })).body.key as string
    const twice = await admin.post(rows, { data: { nombre: 'Bodega', abreviatura: 'BO' } })
    expect(twice.body.issues).toMatchObject([{ path: 'abreviatura' }])
    expect((await admin.post(rows, { data: { nombre: 'Sin abreviatura' } })).body.issues).toMatchObject([{ path: 'abreviatura' }]) // prettier-ignore
    const sub = { nombre: 'Electrobomba', codigo: '009', categoria }
    const subcategoria = (await admin.post('/api/catalogs/subcategorias-equipo/rows', { data: sub })).body.key as string
    expect(await read(await equipment({ categoria, subcategoria }))).toMatchObject({ codigo: 'BO009001' })
    const deleted = await admin.send('DELETE', `${rows}/${categoria}`, { headers: { 'if-match': '1' } })
    expect(deleted.body).toMatchObject({ code: 'record.referenced' })
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
    expect(stored?.values.tipoCambio).toHaveProperty('claveComercial.encrypted')
    expect(JSON.stringify(stored)).not.toContain('secreta')
    const rows = await product.ctx.db.audit.find({ action: 'settings.updated' })
    expect(JSON.stringify(rows)).not.toContain('secreta')
    expect(JSON.stringify(rows)).toContain('•••')
  })
})
