import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FormSchema } from '#forms'
import type { Running } from '../../engine/main.ts'
import { startProduct } from './harness.ts'
import { putRate } from './putRate.ts'
import { ReturningVisitor } from './ReturningVisitor.ts'
import { equipmentData, toolData, type Data } from './sampleRecords.ts'

/** Any site of the demo, found before the tests. */
let sede = ''
const serviceData = (changes: Data): Data => ({ moneda: 'PEN', ...changes })
const serviceStart = (): Data => ({ sede, descripcion: 'Cambio de luminarias', fecha: '2099-01-15' })
/**
 * How to make a record of each kind that has a price, and a text of it that has nothing to do with the price; a kind
 * that is missing here has no proof and fails. Contracts are in quotes.test.ts.
 */
interface Sample {
  data: (changes: Data) => Data
  text: string
  igv: string
  rate: string
  /** What makes such a record; the price is written into it afterwards. */
  starts?: { process: string; data: () => Data }
}
const samples: Record<string, Sample> = {
  equipo: { data: equipmentData, text: 'marca', igv: '[FM-10.2.4-1]', rate: '[FM-10.1.4-2]' },
  herramienta: { data: toolData, text: 'marca', igv: '[FM-10.2.4-2]', rate: '[FM-10.1.4-3]' },
  'solicitud-servicio': {
    ...{ data: serviceData, text: 'descripcion', starts: { process: 'solicitar-servicio', data: serviceStart } },
    ...{ igv: '[FM-10.2.4-5] [FM-D-113]', rate: '[FM-10.1.4-8]' },
  },
}

/** The fields of the pack in which somebody writes an amount of money. */
const folder = resolve(import.meta.dirname, '../../definitions/fm/entities')
const prices = readdirSync(folder).flatMap((file) => {
  const { properties = {} } = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as FormSchema
  return Object.entries(properties)
    .filter(([, schema]) => schema['x-money'] !== undefined && schema['x-computed'] === undefined)
    .map(([field]) => ({ entity: file.replace('.json', ''), field }))
})

/** Sections 10.1.4 and 10.2.4: the exchange rate and the IGV in every price of the pack, and in time. */
describe('prices', () => {
  let product: Running
  let manager: ReturningVisitor
  const at = (day: string): void => product.clock?.freeze(new Date(`${day}T17:00:00Z`))
  const rate = (day: string, buy: string, sell: string) => putRate(product, day, buy, sell)
  beforeAll(async () => {
    product = await startProduct()
    await product.ctx.db.records('tipo-cambio').deleteMany({})
    manager = new ReturningVisitor(product.staffUrl, 'gerente.fm@demo.pe')
    sede = (await manager.get('/api/records/inmueble?size=1')).body.items[0].id
    at('2026-03-02')
    await rate('2026-03-02', '3.898', '3.919')
  }, 90_000)
  afterAll(() => product.stop())

  async function made(entity: string, changes: Data): Promise<string> {
    const { starts } = samples[entity]!
    const data = samples[entity]!.data(changes)
    if (starts) {
      const { status, body } = await manager.post(`/api/processes/${starts.process}/instances`, { data: starts.data() })
      expect({ entity, status, issues: body.issues }).toEqual({ entity, status: 201, issues: undefined })
      await change(entity, body.instance.record.id, data)
      return body.instance.record.id
    }
    const { status, body } = await manager.post(`/api/records/${entity}`, { data, warned: true })
    expect({ entity, status, issues: body.issues }).toEqual({ entity, status: 201, issues: undefined })
    return body.id as string
  }
  const read = async (entity: string, id: string): Promise<Data> =>
    (await manager.get(`/api/records/${entity}/${id}`)).body.data
  async function change(entity: string, id: string, data: Data): Promise<Data> {
    const { revision } = (await manager.get(`/api/records/${entity}/${id}`)).body
    const headers = { 'if-match': String(revision) }
    const answer = await manager.patch(`/api/records/${entity}/${id}`, { data, warned: true }, { headers })
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 200, issues: undefined })
    return answer.body.data
  }

  it('[FM-10.1-2] [FM-10.1.4-1] [FM-10.2.4-11] all that the pack has are counted with IGV and exchanged', async () => {
    expect(prices.length).toBeGreaterThan(0)
    expect(prices.map(({ entity }) => entity)).toEqual(Object.keys(samples).sort())
    for (const { entity, field } of prices) {
      const data = await read(entity, await made(entity, { [field]: '1000.00' }))
      expect({ entity, ...data }).toMatchObject({
        entity,
        igv: '180.00',
        precioTotal: '1180.00',
        equivalente: '301.10',
      })
    }
  })

  for (const { entity, field } of prices) {
    const { igv, rate: rateIds } = samples[entity]!
    describe(`${field} of ${entity}`, () => {
      it(`${igv} [FM-10.2.4-8] [FM-10.2.4-9] [FM-10.2.4-12] [FM-10.2.4-13] [FM-10.2.4-14] is seen without and with IGV, and its percentage is kept`, async () => {
        expect(await read(entity, await made(entity, { [field]: '33.33' }))).toMatchObject({
          [field]: '33.33',
          igvPorcentaje: '0.1800',
          igv: '6.00',
          precioTotal: '39.33',
        })
      })

      it(`${rateIds} [FM-10.1.4-10] [FM-10.1.4-11] [FM-10.1.4-12] [FM-D-059] [FM-D-105] has its equivalent in the other currency, and keeps rate, side, date and source`, async () => {
        const used = { tipoCambioFecha: '2026-03-02', tipoCambioFuente: 'SUNAT' }
        const soles = await made(entity, { [field]: '847.46' })
        const dollars = await made(entity, { [field]: '847.46', moneda: 'USD' })
        const expected: [string, Data][] = [
          [soles, { equivalente: '255.17', monedaEquivalente: 'USD', tipoCambio: '3.919', tipoCambioLado: 'venta' }],
          [dollars, { equivalente: '3898.00', monedaEquivalente: 'PEN', tipoCambio: '3.898', tipoCambioLado: 'compra' }], // prettier-ignore
        ]
        for (const [id, facts] of expected) {
          expect(await read(entity, id)).toMatchObject({ precioTotal: '1000.00', ...facts, ...used })
          expect((await product.ctx.db.records(entity).get(id))?.data).toMatchObject({ ...facts, ...used })
        }
      })
    })
  }

  it('[FM-10.1.4-13] [FM-10.1.3-4] [FM-D-111] a later rate changes nothing that is there until its price is written anew, and the history says again what was counted', async () => {
    const old: Record<string, string> = {}
    for (const { entity, field } of prices) old[entity] = await made(entity, { [field]: '847.46' })
    at('2026-04-01')
    await rate('2026-04-01', '3.500', '3.520')
    for (const { entity, field } of prices) {
      const id = old[entity] ?? ''
      const counted = { equivalente: '255.17', tipoCambio: '3.919', tipoCambioFecha: '2026-03-02' }
      expect(await read(entity, id)).toMatchObject(counted)
      expect(await change(entity, id, { [samples[entity]!.text]: 'Otra' })).toMatchObject(counted)
      expect(await change(entity, id, { [samples[entity]!.text]: 'Otra más', [field]: '847.46' })).toMatchObject(
        counted,
      )
      const { items } = (await manager.get(`/api/records/tipo-cambio?filter.fecha=${counted.tipoCambioFecha}`)).body
      expect(items).toMatchObject([{ data: { venta: counted.tipoCambio, estado: 'Activo' } }])
      const renewed = { equivalente: '568.18', tipoCambio: '3.520', tipoCambioFecha: '2026-04-01' }
      expect(await change(entity, id, { [field]: '1694.92' })).toMatchObject({ precioTotal: '2000.01', ...renewed })
      expect(await read(entity, await made(entity, { [field]: '847.46' }))).toMatchObject({ tipoCambio: '3.520' })
    }
  })

  it('[FM-10.2-1] [FM-10.2-2] [FM-10.2.1-3] [FM-10.2.2-8] [FM-10.2.2-9] [FM-10.2.4-15] [FM-D-060] one IGV is set in one place: from its date it counts for every new price, and for none that is there', async () => {
    at('2026-05-04')
    const old: Record<string, string> = {}
    for (const { entity, field } of prices) old[entity] = await made(entity, { [field]: '100.00' })
    const data = { porcentaje: '0.19', vigencia: '2026-07-01', observaciones: 'Ley de prueba' }
    expect((await manager.post('/api/processes/modificar-igv/instances', { data })).status).toBe(201)
    for (const [day, percent, tax] of [
      ['2026-06-30', '0.1800', '18.00'],
      ['2026-07-01', '0.1900', '19.00'],
    ] as const) {
      at(day)
      for (const { entity, field } of prices) {
        const fresh = await read(entity, await made(entity, { [field]: '100.00' }))
        expect({ day, ...fresh }).toMatchObject({ day, igvPorcentaje: percent, igv: tax })
      }
    }
    for (const { entity, field } of prices) {
      const id = old[entity] ?? ''
      const before = { igvPorcentaje: '0.1800', igv: '18.00', precioTotal: '118.00' }
      expect(await read(entity, id)).toMatchObject(before)
      expect(await change(entity, id, { [samples[entity]!.text]: 'Otra' })).toMatchObject(before)
      expect(await change(entity, id, { [field]: '200.00' })).toMatchObject({ igvPorcentaje: '0.1900', igv: '38.00' })
    }
  })
})
