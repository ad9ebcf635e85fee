import { beforeAll, describe, expect, it } from '@jest/globals'
import { changeSettings } from '../changeSettings.ts'
import type { Answer } from '../harness.ts'
import { toolData, type Data } from '../sampleRecords.ts'
import { MovementsInHand } from './MovementsInHand.ts'

/** Tools that change hands, run out and come in: each a movement that nobody edits, and the tool follows in one step. */
describe('movements of tools', () => {
  let tecnico: string
  const hand = new MovementsInHand('herramienta', 'mover-herramienta', toolData)
  const { made, move, edit, dataOf: toolOf } = hand
  beforeAll(async () => {
    const { items } = (await hand.admin.get('/api/records/usuario?filter.correo=tecnico@demo.pe')).body
    tecnico = items[0].id
  }, 90_000)

  const held = (changes: Data = {}): Promise<string> =>
    made({ asignadoA: 'Técnico', tecnico, almacen: undefined, ...changes })
  const movementOf = async (answer: Answer): Promise<Data> => {
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 201, issues: undefined })
    const { id } = answer.body.instance.record
    return (await hand.admin.get(`/api/records/movimiento-herramienta/${id}`)).body.data
  }

  it('[FM-8.3-5] [FM-D-064] assigning writes who had it, who has it and its condition, and the tool follows', async () => {
    const herramienta = await made()
    const data = { herramienta, tipo: 'Asignación', tecnico, condicion: 'Buena' }
    expect(await movementOf(await move(data))).toMatchObject({
      ...data,
      desdeAlmacen: 'central',
      estado: 'Por confirmar',
    })
    const tool = await toolOf(herramienta)
    expect(tool).toMatchObject({ asignadoA: 'Técnico', tecnico })
    expect(tool).not.toHaveProperty('almacen')
    const { items } = (await hand.technician.get('/api/tasks?size=100')).body
    expect(JSON.stringify(items)).toContain('Confirmar recepción')
    const back = { herramienta, tipo: 'Devolución', almacen: 'central', condicion: 'Dañada' }
    expect(await movementOf(await move(back))).toMatchObject({ desdeTecnico: tecnico, estado: 'Registrado' })
    expect(await toolOf(herramienta)).toMatchObject({ asignadoA: 'Almacén', almacen: 'central' })
    expect(await toolOf(herramienta)).not.toHaveProperty('tecnico')
    const report = (await hand.planner.get(`/api/records/movimiento-herramienta?filter.desdeTecnico=${tecnico}`)).body
    expect(report.items.map((item: { data: Data }) => item.data.herramienta)).toContain(herramienta)
  })

  it('[FM-8.2-27] [FM-D-068] technicians consume what is theirs, down to nothing and never below', async () => {
    const herramienta = await held({ tipo: 'S', cantidad: '3.00' })
    const consume = (cantidad: string, tool = herramienta) =>
      move({ herramienta: tool, tipo: 'Consumo', cantidad }, hand.technician)
    await movementOf(await consume('2'))
    expect(await toolOf(herramienta)).toMatchObject({ cantidad: '1.00', disponibilidad: 'Disponible' })
    expect((await consume('2')).body.issues).toMatchObject([{ path: 'cantidad' }])
    expect((await consume('0.5')).body.issues).toMatchObject([{ path: 'cantidad' }])
    await movementOf(await consume('1'))
    expect(await toolOf(herramienta)).toMatchObject({ cantidad: '0.00', disponibilidad: 'Agotado' })
    expect((await consume('1')).status).toBe(422)
    await movementOf(await move({ herramienta, tipo: 'Ingreso', cantidad: '10' }))
    expect(await toolOf(herramienta)).toMatchObject({ cantidad: '10.00', disponibilidad: 'Disponible' })
  })

  it('[FM-D-068] what is measured is consumed in parts', async () => {
    const herramienta = await held({ tipo: 'S', unidad: 'm', cantidad: '10.00' })
    await movementOf(await move({ herramienta, tipo: 'Consumo', cantidad: '2.75' }, hand.technician))
    expect(await toolOf(herramienta)).toMatchObject({ cantidad: '7.25' })
  })

  it('of several at the same moment only as many count as there is', async () => {
    const herramienta = await made({ tipo: 'S', cantidad: '3.00' })
    await Promise.all([1, 2, 3, 4, 5].map(() => move({ herramienta, tipo: 'Consumo', cantidad: '1' })))
    expect(await toolOf(herramienta)).toMatchObject({ cantidad: '0.00', disponibilidad: 'Agotado' })
  })

  it('a technician touches no tool of others, and assigns nothing', async () => {
    const other = await made({ tipo: 'S', cantidad: '3.00' })
    const consumed = await move({ herramienta: other, tipo: 'Consumo', cantidad: '1' }, hand.technician)
    expect(consumed.status).toBeGreaterThanOrEqual(403)
    expect(await toolOf(other)).toMatchObject({ cantidad: '3.00' })
    const own = await held()
    const taken = await move(
      {
        herramienta: own,
        tipo: 'Devolución',
        almacen: 'central',
        condicion: 'Buena',
      },
      hand.technician,
    )
    expect({ status: taken.status, path: taken.body.issues?.[0].path }).toEqual({ status: 422, path: 'tipo' })
    expect((await hand.technician.get(`/api/records/herramienta/${other}`)).status).toBe(404)
  })

  it('[FM-8.3-5] [FM-D-064] who has it and how much there is change by a movement alone, once it is somewhere', async () => {
    const herramienta = await made()
    for (const data of [{ almacen: 'otro' }, { cantidad: '9' }, { asignadoA: 'Técnico', tecnico }, { almacen: null }]) {
      const { status, body } = await edit(herramienta, data, hand.planner)
      expect({ data, status, issues: body.issues }).toMatchObject({ status: 422, issues: [{ rule: 'fixed' }] })
    }
    const shelved = await edit(herramienta, { cantidad: '2', ubicacionEspecifica: 'Estante 7' }, hand.planner)
    expect(shelved.body.data).toMatchObject({
      ...{ asignadoA: 'Almacén', almacen: 'central', cantidad: '2.00', ubicacionEspecifica: 'Estante 7' },
    })
  })

  it('the technician has as many business days to confirm as Configuración says', async () => {
    const due = async (): Promise<number> => {
      const answer = await move({ herramienta: await made(), tipo: 'Asignación', tecnico, condicion: 'Buena' })
      return Date.parse(answer.body.tasks[0].dueAt) - Date.parse(answer.body.tasks[0].createdAt)
    }
    const usual = await due()
    await changeSettings(hand.admin, 'plazos', { herramienta: 13 })
    // Ten business days more are two weeks, or longer where holidays fall into them.
    expect(Math.round((await due()) - usual) / 86_400_000).toBeGreaterThanOrEqual(14)
  })

  it('is never edited nor deleted, not even by the Superadministrador', async () => {
    const herramienta = await made()
    const { body } = await move({ herramienta, tipo: 'Ingreso', cantidad: '1' })
    const path = `/api/records/movimiento-herramienta/${body.instance.record.id}`
    const { revision } = (await hand.admin.get(path)).body
    const match = { headers: { 'if-match': String(revision) } }
    expect((await hand.admin.patch(path, { data: { cantidad: '9.00' } }, match)).status).toBe(403)
    expect((await hand.admin.delete(path, { reason: 'Prueba' }, match)).status).toBe(403)
  })
})
