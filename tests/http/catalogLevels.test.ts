import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** A row of a catalogue that is chosen within two levels (a district: of a province, or of a department at once). */
describe('a catalogue field within several levels', () => {
  let product: Running
  let admin: Visitor
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  }, 120_000)
  afterAll(() => product.stop())

  const tool = {
    descripcion: 'Pistola de calor',
    tipo: 'H',
    marca: 'Bosch',
    unidad: 'Und',
    cantidad: '1',
    asignadoA: 'Almacén',
    almacen: 'central',
    fechaCompra: '2026-01-15',
    ceco: 'MTTO',
    moneda: 'PEN',
    precio: '120.00',
    pais: 'PE',
  }
  const save = (place: Record<string, string>) =>
    admin.post('/api/records/herramienta', { data: { ...tool, ...place } })

  it.each([
    ['a district of the department, without a province', { departamento: '15', distrito: '150122' }, 201],
    ['a district of the province', { departamento: '15', provincia: '1501', distrito: '150122' }, 201],
    ['a district of another department', { departamento: '15', distrito: '040101' }, 422],
    ['a district of another province', { departamento: '15', provincia: '1502', distrito: '150122' }, 422],
    ['a district of nowhere', { distrito: '150122' }, 422],
  ] as [string, Record<string, string>, number][])('%s', async (_name, place, status) => {
    const answer = await save(place)
    expect({ status: answer.status, at: (answer.body.issues ?? []).map(({ path }: { path: string }) => path) }).toEqual(
      {
        status,
        at: status === 201 ? [] : ['distrito'],
      },
    )
  })

  it('says where each row belongs', async () => {
    const { rows } = (await admin.get('/api/catalogs/distritos')).body as {
      rows: { key: string; above: string[]; parentTitle: string }[]
    }
    expect(rows.find(({ key }) => key === '150122')).toMatchObject({ above: ['1501', '15'], parentTitle: 'Lima' })
  })
})
