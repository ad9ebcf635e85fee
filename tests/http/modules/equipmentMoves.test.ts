import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Answer } from '../harness.ts'
import { clientData, equipmentData, propertyData, type Data } from '../sampleRecords.ts'
import { MovementsInHand } from './MovementsInHand.ts'

/** Equipment changes its site by a movement, which keeps where it was, when, why and who moved it. */
describe('movements of equipment', () => {
  let lima: string
  let piura: string
  let other: string
  // Its place is that of the site.
  const placed = (changes: Data): Data =>
    equipmentData({ sede: lima, ubicacion: undefined, ceco: undefined, pais: undefined, ...changes })
  const hand = new MovementsInHand('equipo', 'mover-equipo', placed)
  const { made, recordOf, edit } = hand
  const move = (data: Data): Promise<Answer> => hand.move({ motivo: 'Remodelación', ...data })
  beforeAll(async () => {
    const client = await hand.other('cliente', clientData({ ceco: 'MOV1' }))
    other = await hand.other('cliente', clientData({ ceco: 'MOV2' }))
    lima = await hand.other('inmueble', propertyData(client))
    const far = { ubicacion: 'Provincias', departamento: '20', provincia: '2001', distrito: '200101' }
    piura = await hand.other('inmueble', propertyData(other, far))
  }, 90_000)

  const pathsOf = ({ body }: Answer): string[] => (body.issues ?? []).map(({ path }: { path: string }) => path)

  it('[FM-D-055] keep the site before, the day, the reason and who, and the equipment follows with its place', async () => {
    const equipo = await made()
    const moved = await move({ equipo, sede: piura, fecha: '2026-01-20' })
    expect({ status: moved.status, issues: moved.body.issues }).toEqual({ status: 201, issues: undefined })
    const place = { ubicacion: 'Provincias', departamento: '20', provincia: '2001', distrito: '200101', pais: 'PE' }
    expect((await recordOf(equipo)).data).toMatchObject({ sede: piura, cliente: other, ceco: 'MOV2', ...place })
    await move({ equipo, sede: lima, fecha: '2026-01-25', ceco: 'MTTO' })
    expect((await recordOf(equipo)).data).toMatchObject({ sede: lima, ceco: 'MTTO', departamento: '15' })

    const { related } = (await hand.admin.get('/api/entities/equipo')).body
    expect(related).toContainEqual(expect.objectContaining({ entity: 'movimiento-equipo', by: 'equipo', title: 'Ubicaciones anteriores' })) // prettier-ignore
    const { items } = (await hand.admin.get(`/api/records/movimiento-equipo?filter.equipo=${equipo}&sort=fecha`)).body
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
    const corrected = await hand.admin.post(
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
      const { status, body } = await hand.admin.post('/api/records/equipo', { data: placed(changes) })
      expect({ field, status, issues: body.issues }).toMatchObject({
        field,
        status: 422,
        issues: expect.arrayContaining([expect.objectContaining({ path: field, level: 'warn' })]),
      })
    }
  })
})
