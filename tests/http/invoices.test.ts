import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

const money = (title: string, computed?: string): object => ({
  ...{ title, type: 'string', 'x-money': 'moneda' },
  ...(computed ? { 'x-computed': computed } : {}),
})

/** Invoices as the next pack will have them: with what the base is, or with what the total is. */
const invoice = {
  ...{ title: 'Factura', 'x-title-plural': 'Facturas', 'x-gender': 'f', type: 'object', 'x-label': '{concepto}' },
  required: ['concepto', 'moneda'],
  properties: {
    concepto: { title: 'Concepto', type: 'string', maxLength: 200 },
    moneda: { title: 'Moneda', type: 'string', enum: ['PEN', 'USD'] },
    base: money('Monto base'),
    totalPactado: money('Total pactado (incluido IGV)'),
    igvPorcentaje: {
      ...{ title: 'IGV %', type: 'string', 'x-decimal': { scale: 4, percent: true } },
      'x-computed': { value: 'facts.igv.porcentaje', on: ['create'] },
    },
    igv: money('IGV', 'igv.amount(value.base, value.igvPorcentaje)'),
    total: money('Total', 'money.add(value.base, value.igv)'),
    basePactada: money('Base del total pactado', 'igv.baseOf(value.totalPactado, value.igvPorcentaje)'),
    igvPactado: money('IGV del total pactado', 'igv.amountOf(value.totalPactado, value.igvPorcentaje)'),
  },
  'x-facts': { igv: { inForce: 'tasa-igv', fields: ['porcentaje'] } },
  'x-list': { columns: ['concepto', 'total'] },
}

/** Invoicing is no part of this pack (FM-D-113): that it would use the same IGV is shown on invoices by data alone. */
describe('an invoice that is only described', () => {
  let folder: string
  let product: Running
  let admin: Visitor
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cauce-invoice-'))
    const pack = join(folder, 'fm')
    await cp(resolve(import.meta.dirname, '../../definitions/fm'), pack, { recursive: true })
    await writeFile(join(pack, 'entities/factura.json'), JSON.stringify(invoice))
    const roles = JSON.parse(await readFile(join(pack, 'roles.json'), 'utf8')) as { can: Record<string, object> }
    roles.can.factura = { superadmin: 'read create edit' }
    await writeFile(join(pack, 'roles.json'), JSON.stringify(roles))
    product = await startProduct({ packsDir: folder })
    admin = await signIn(product.staffUrl, 'superadmin')
  }, 120_000)
  afterAll(async () => {
    await (product as Running | undefined)?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const made = async (data: object): Promise<Record<string, unknown>> => {
    const { status, body } = await admin.post('/api/records/factura', {
      data: { concepto: 'Servicio', moneda: 'PEN', ...data },
    })
    expect({ status, issues: body.issues }).toEqual({ status: 201, issues: undefined })
    return (await admin.get(`/api/records/factura/${body.id}`)).body.data
  }

  it('[FM-10.2.4-6] [FM-10.2.4-8] [FM-10.2.4-9] [FM-10.2.4-14] [FM-D-113] gets the IGV in force on its base by itself, and keeps it', async () => {
    const counted = { igvPorcentaje: '0.1800', igv: '225.00', total: '1475.00' }
    expect(await made({ base: '1250.00' })).toMatchObject(counted)
    // What is sent for them counts for nothing.
    expect(await made({ base: '1250.00', igvPorcentaje: '0', igv: '0.00', total: '1250.00' })).toMatchObject(counted)
  })

  it('[FM-10.2.4-10] [FM-D-102] takes base and IGV out of a total, so that they add up to it', async () => {
    expect(await made({ totalPactado: '1180.00' })).toMatchObject({ basePactada: '1000.00', igvPactado: '180.00' })
    expect(await made({ totalPactado: '100.00' })).toMatchObject({ basePactada: '84.75', igvPactado: '15.25' })
  })
})
