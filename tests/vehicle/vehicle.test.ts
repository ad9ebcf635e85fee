import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { samplePdf } from '../../engine/rehearsal/index.ts'
import { entityOf } from '../../engine/packs/index.ts'
import { typesFor } from '#forms/typegen'
import { signIn, startProduct, type Answer, type Visitor } from '../http/harness.ts'
import { SheetImport } from '../http/sheets.ts'
import { vehiclePack } from './vehiclePack.ts'

/** A kind of records that nobody wrote a program for: what it gets from its definition alone. */
describe('a new entity by data alone', () => {
  let folder: string
  let product: Running
  let admin: Visitor
  let mine: string
  let other: string
  beforeAll(async () => {
    folder = await vehiclePack()
    product = await startProduct({ packsDir: folder })
    admin = await signIn(product.staffUrl, 'superadmin')
    const portal = await signIn(product.portalUrl, 'cliente')
    mine = (await portal.get('/api/records/cliente')).body.items[0].id
    const { items } = (await admin.get('/api/records/cliente?size=100')).body as { items: { id: string }[] }
    other = items.find(({ id }) => id !== mine)!.id
  }, 120_000)
  afterAll(async () => {
    await (product as Running | undefined)?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  let plates = 100
  const vehicle = (changes: object = {}) => ({
    placa: `ABC-${(plates += 1)}`,
    cliente: mine,
    marca: 'toyota',
    fechaCompra: '2026-03-15',
    kilometraje: '1250.5',
    combustible: 'Diésel',
    tarifaDiaria: '99.99',
    revisiones: [{ fecha: '2026-06-01', taller: 'Taller Central' }],
    ...changes,
  })
  const create = (changes: object = {}, who = admin): Promise<Answer> =>
    who.post('/api/records/vehiculo', { data: vehicle(changes) })
  const created = async (changes: object = {}): Promise<Answer['body']> => {
    const { status, body } = await create(changes)
    expect({ status, issues: body.issues }).toEqual({ status: 201, issues: undefined })
    return (await admin.get(`/api/records/vehiculo/${body.id}`)).body
  }
  const pathsOf = ({ body }: Answer): string[] => (body.issues as { path: string }[]).map(({ path }) => path)

  it('has a form: code given, money computed, condition, file, table, uniqueness', async () => {
    const { form, titlePlural } = (await admin.get('/api/entities/vehiculo')).body
    expect(titlePlural).toBe('Vehículos')
    expect(Object.keys(form.schema.properties)).toHaveLength(12)
    expect((form.sections as { title: string }[]).map(({ title }) => title)).toEqual([
      'Datos del vehículo',
      'Compra y tarifas',
      'Revisiones técnicas',
    ])
    const file = (await admin.upload('tarjeta.pdf', samplePdf('Tarjeta'), 'application/pdf')).body.id as string
    const { data, label } = await created({ placa: ' abc-001 ', tarjeta: file })
    expect(data).toMatchObject({ placa: 'ABC-001', tarifaMensual: '2999.70', tarjeta: file, kilometraje: '1250.5' })
    expect(data.codigo).toMatch(/^VEH-\d{4}$/)
    expect(label).toBe(`${data.codigo} · ABC-001`)

    expect(pathsOf(await create({ placa: 'ABC-001' }))).toEqual(['placa'])
    expect(pathsOf(await create({ combustible: 'Eléctrico' }))).toEqual(['autonomia'])
    expect((await created({ combustible: 'Diésel', autonomia: 400 })).data.autonomia).toBeUndefined()
    expect(pathsOf(await create({ marca: 'lada' }))).toEqual(['marca'])
    expect(pathsOf(await create({ cliente: '000000000000000000000000' }))).toEqual(['cliente'])
    expect(pathsOf(await create({ kilometraje: '-1' }))).toEqual(['kilometraje'])
    expect(pathsOf(await create({ revisiones: [{ fecha: '2026-02-30', taller: 'X' }] }))).toEqual([
      'revisiones.0.fecha',
    ])
    const both = await Promise.all([create({ placa: 'XYZ-900' }), create({ placa: 'XYZ-900' })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  it('has a list with search and filters together, and a place in the menu', async () => {
    const { data } = await created({
      marca: 'hyundai',
      combustible: 'Gasolina',
      tarifaDiaria: '250.00',
      cliente: other,
    })
    await created({ marca: 'hyundai', combustible: 'Diésel', tarifaDiaria: '250.00', cliente: other })
    const query = new URLSearchParams([
      ['q', 'veh'],
      ['filter.cliente', other],
      ['filter.marca', 'hyundai'],
      ['filter.combustible', 'Gasolina'],
      ['filter.fechaCompra.from', '2026-03-01'],
      ['filter.fechaCompra.to', '2026-03-31'],
      ['filter.tarifaDiaria.from', '200'],
    ])
    const { status, body } = await admin.get(`/api/records/vehiculo?${query.toString()}`)
    expect({ status, codes: (body.items as { data: object }[]).map((item) => item.data) }).toMatchObject({
      status: 200,
      codes: [{ codigo: data.codigo }],
    })
    const { menus } = (await admin.get('/api/session')).body
    expect(menus).toContainEqual(expect.objectContaining({ title: 'Vehículos' }))
  })

  it('is related to the client, who cannot be deleted while it is there', async () => {
    await created()
    const { related } = (await admin.get('/api/entities/cliente')).body
    expect(related).toContainEqual(expect.objectContaining({ key: 'vehiculos', entity: 'vehiculo', by: 'cliente' }))
    const client = (await admin.get(`/api/records/cliente/${mine}`)).body
    const refused = await admin.delete(`/api/records/cliente/${mine}`, undefined, {
      headers: { 'if-match': String(client.revision) },
    })
    expect(refused.status).toBe(409)
    expect(JSON.stringify(refused.body)).toContain('vehiculo')
  })

  it('is shown by rows and by fields, and what a company may not see is not there', async () => {
    const [ours, theirs] = [await created({ cliente: mine }), await created({ cliente: other })]
    const portal = await signIn(product.portalUrl, 'cliente')
    const { items } = (await portal.get('/api/records/vehiculo?size=100')).body as {
      items: { id: string; data: Record<string, unknown> }[]
    }
    expect(items.map(({ id }) => id)).toContain(ours.id)
    expect(items.every(({ data }) => data.cliente === mine && !('tarifaMensual' in data))).toBe(true)
    expect((await portal.get(`/api/records/vehiculo/${theirs.id}`)).status).toBe(404)
    expect((await portal.get('/api/records/vehiculo?filter.tarifaDiaria.from=1')).status).toBe(400)
    const planner = await signIn(product.staffUrl, 'planner')
    expect((await planner.get(`/api/records/vehiculo/${theirs.id}`)).body.data).not.toHaveProperty('tarifaDiaria')
    expect((await create({}, planner)).status).toBe(403)
    expect((await planner.get('/api/records/vehiculo/export?format=csv')).status).toBe(403)
    const legal = await signIn(product.staffUrl, 'legal')
    expect((await legal.get('/api/records/vehiculo')).status).toBe(403)
  })

  it('has a history of who changed what', async () => {
    const { id, revision, data } = await created()
    const changed = await admin.patch(
      `/api/records/vehiculo/${id}`,
      { data: { tarifaDiaria: '120.00' } },
      { headers: { 'if-match': String(revision) } },
    )
    expect(changed.body.data.tarifaMensual).toBe('3600.00')
    const history = JSON.stringify((await admin.get(`/api/records/vehiculo/${id}/history`)).body)
    for (const part of ['Rosa Quispe', data.tarifaDiaria as string, '120.00']) expect(history).toContain(part)
  })

  it('goes into a sheet and comes back, and new rows come with it', async () => {
    await created()
    const answer = await admin.get('/api/records/vehiculo/export?format=xlsx&shape=import')
    expect(answer.status).toBe(200)
    const { total } = (await admin.get('/api/records/vehiculo?size=1')).body
    const whole = await SheetImport.begin(product, admin, 'vehiculo', answer.body, 'todo.xlsx')
    expect((await whole.check()).counts).toMatchObject({ same: total, new: 0, changed: 0, errors: 0 })

    const client = (await admin.get(`/api/records/cliente/${mine}`)).body.data.codigo as string
    const sheet = await SheetImport.begin(
      product,
      admin,
      'vehiculo',
      [
        'Placa;Cliente;Marca;Fecha de compra;Combustible;Tarifa diaria',
        `imp-001;${client};Toyota;15/03/2026;Gasolina;1,000.00`,
        `imp-002;${client};Lada;15/03/2026;Gasolina;10`,
      ].join('\n'),
    )
    expect((await sheet.check()).counts).toMatchObject({ new: 1, errors: 1 })
    await sheet.apply('valid')
    const { items } = (await admin.get('/api/records/vehiculo?q=imp-001')).body
    expect(items).toMatchObject([{ data: { placa: 'IMP-001', marca: 'toyota', tarifaMensual: '30000.00' } }])
  })

  it('is in the OpenAPI description and has generated types', async () => {
    const schemaFor = async (who: Visitor) => (await who.get('/api/openapi.json')).body.components.schemas.vehiculo
    const schema = await schemaFor(admin)
    expect(Object.keys(schema.properties)).toHaveLength(12)
    expect(schema).toMatchObject({
      required: ['placa', 'cliente', 'marca', 'fechaCompra', 'combustible', 'tarifaDiaria'],
      properties: {
        codigo: { type: 'string', readOnly: true },
        placa: { type: 'string', pattern: '^[A-Z0-9]{3}-[0-9]{3}$' },
        combustible: { enum: ['Gasolina', 'Diésel', 'Eléctrico'] },
        revisiones: { type: 'array', items: { properties: { fecha: { format: 'date' } } } },
        tarifaMensual: { readOnly: true },
      },
    })
    // As everywhere, only the kinds and fields that the asker may read.
    expect((await schemaFor(await signIn(product.staffUrl, 'planner'))).properties).not.toHaveProperty('tarifaDiaria')
    expect(await schemaFor(await signIn(product.staffUrl, 'legal'))).toBeUndefined()
    const { definition } = await entityOf(product.ctx, 'vehiculo')
    const types = await typesFor({ vehiculo: definition })
    expect(types).toContain('export interface Vehiculo {')
    expect(types).toMatch(/placa: string/)
    expect(types).toContain("combustible: 'Gasolina' | 'Diésel' | 'Eléctrico'")
    expect(types).toMatch(/autonomia\?: number/)
  })
})
