import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import { signIn, startProduct, type Answer, type Visitor } from '../harness.ts'
import { clientData, equipmentData, propertyData } from '../sampleRecords.ts'

type Data = Record<string, unknown>

/** Equipment changes its site by a movement, which keeps where it was, when, why and who moved it. */
describe('movements of equipment', () => {
  let product: Running
  let planner: Visitor
  let admin: Visitor
  let lima: string
  let piura: string
  let other: string
  beforeAll(async () => {
    product = await startProduct()
    ;[admin, planner] = await Promise.all(['superadmin', 'planner'].map((name) => signIn(product.staffUrl, name))) as [Visitor, Visitor] // prettier-ignore
    const made = async (entity: string, data: Data): Promise<string> =>
      (await admin.post(`/api/records/${entity}`, { data, warned: true })).body.id
    const client = await made('cliente', clientData({ ceco: 'MOV1' }))
    other = await made('cliente', clientData({ ceco: 'MOV2' }))
    lima = await made('inmueble', propertyData(client))
    const far = { ubicacion: 'Provincias', departamento: '20', provincia: '2001', distrito: '200101' }
    piura = await made('inmueble', propertyData(other, far))
  }, 90_000)
  afterAll(async () => {
    await product.stop()
  })

  const made = async (changes: Data = {}): Promise<string> => {
    const data = equipmentData({ sede: lima, ubicacion: undefined, ceco: undefined, pais: undefined, ...changes })
    const { status, body } = await admin.post('/api/records/equipo', { data, warned: true })
    expect({ status, issues: body.issues }).toEqual({ status: 201, issues: undefined })
    return body.id
  }
  const recordOf = async (id: string): Promise<Answer['body']> => (await admin.get(`/api/records/equipo/${id}`)).body
  const move = (data: Data, who = planner): Promise<Answer> =>
    who.post('/api/processes/mover-equipo/instances', { data: { motivo: 'Remodelación', ...data } })
  const edit = async (id: string, data: Data, warned = true): Promise<Answer> => {
    const { revision } = await recordOf(id)
    return admin.patch(`/api/records/equipo/${id}`, { data, warned }, { headers: { 'if-match': String(revision) } })
  }
  const pathsOf = ({ body }: Answer): string[] => (body.issues ?? []).map(({ path }: { path: string }) => path)

  it('[FM-D-055] keep the site before, the day, the reason and who, and the equipment follows with its place', async () => {
    const equipo = await made()
    const moved = await move({ equipo, sede: piura, fecha: '2026-01-20' })
    expect({ status: moved.status, issues: moved.body.issues }).toEqual({ status: 201, issues: undefined })
    const place = { ubicacion: 'Provincias', departamento: '20', provincia: '2001', distrito: '200101', pais: 'PE' }
    expect((await recordOf(equipo)).data).toMatchObject({ sede: piura, cliente: other, ceco: 'MOV2', ...place })
    await move({ equipo, sede: lima, fecha: '2026-01-25', ceco: 'MTTO' })
    expect((await recordOf(equipo)).data).toMatchObject({ sede: lima, ceco: 'MTTO', departamento: '15' })

    const { related } = (await admin.get('/api/entities/equipo')).body
    expect(related).toContainEqual(expect.objectContaining({ entity: 'movimiento-equipo', by: 'equipo', title: 'Ubicaciones anteriores' })) // prettier-ignore
    const { items } = (await admin.get(`/api/records/movimiento-equipo?filter.equipo=${equipo}&sort=fecha`)).body
    const kept = items.map(({ data, labels }: Data & { data: Data; labels: Record<string, Data> }) => ({
      ...data,
      who: Object.values(labels.registradoPor ?? {})[0],
    }))
    expect(kept).toMatchObject([
      { desdeSede: lima, sede: piura, fecha: '2026-01-20', motivo: 'Remodelación', who: expect.any(String) },
      { desdeSede: piura, sede: lima, fecha: '2026-01-25' },
    ])
  })

  it('[FM-D-055] nobody changes the site in the form once there is one, and the first is free', async () => {
    const without = await made({ sede: undefined, ubicacion: 'Lima', ceco: 'MTTO', pais: 'PE' })
    expect((await edit(without, { sede: lima })).body.data).toMatchObject({ sede: lima })
    for (const sede of [piura, null]) {
      const refused = await edit(without, { sede })
      expect({ status: refused.status, issues: refused.body.issues }).toMatchObject({
        status: 422,
        issues: [{ path: 'sede', rule: 'fixed' }],
      })
    }
    expect((await edit(without, { marca: 'Otra' })).body.data).toMatchObject({ marca: 'Otra', sede: lima })
    const { revision } = await recordOf(without)
    const corrected = await admin.post(
      `/api/records/equipo/${without}/correct`,
      { data: { sede: piura }, reason: 'Prueba', warned: true },
      { headers: { 'if-match': String(revision) } },
    )
    expect(corrected.status).toBe(422)
  })

  it('refuses the same site, a day to come, one before the last movement, and no reason', async () => {
    const equipo = await made()
    expect(pathsOf(await move({ equipo, sede: lima }))).toEqual(['sede'])
    expect(pathsOf(await move({ equipo, sede: piura, fecha: '2030-01-01' }))).toEqual(['fecha'])
    expect(pathsOf(await move({ equipo, sede: piura, motivo: ' ' }))).toEqual(['motivo'])
    expect(pathsOf(await move({ equipo }))).toEqual(['sede'])
    expect((await move({ equipo, sede: piura, fecha: '2026-01-20' })).status).toBe(201)
    expect(pathsOf(await move({ equipo, sede: lima, fecha: '2026-01-19' }))).toEqual(['fecha'])
  })

  it('takes it away from its site without another one', async () => {
    const equipo = await made()
    expect((await move({ equipo, sinSede: true })).status).toBe(201)
    const { data } = await recordOf(equipo)
    expect(data).not.toHaveProperty('sede')
    expect(data).not.toHaveProperty('cliente')
    expect(data).toMatchObject({ departamento: '15', ceco: 'MOV1' })
    expect(pathsOf(await move({ equipo, sinSede: true }))).toEqual(['sinSede'])
    expect((await move({ equipo, sede: piura })).status).toBe(201)
  })

  it('[FM-D-055] a place that differs from that of the site is warned of', async () => {
    for (const [field, changes] of [
      ['ubicacion', { ubicacion: 'Provincias' }],
      ['departamento', { departamento: '14', provincia: '1401', distrito: '140101' }],
      ['provincia', { departamento: '15', provincia: '1502', distrito: '150201' }],
      ['distrito', { departamento: '15', provincia: '1501', distrito: '150122' }],
      ['pais', { pais: 'CL' }],
    ] as const) {
      const data = equipmentData({ sede: lima, ubicacion: undefined, ceco: undefined, pais: undefined, ...changes })
      const { status, body } = await admin.post('/api/records/equipo', { data })
      expect({ field, status, issues: body.issues }).toMatchObject({
        field,
        status: 422,
        issues: expect.arrayContaining([expect.objectContaining({ path: field, level: 'warn' })]),
      })
    }
  })
})
