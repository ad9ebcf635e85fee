import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import { todayIn } from '#forms'
import type { Running } from '../../engine/main.ts'
import { startProduct } from '../setup/startProduct.ts'

/** The demo is alive: it is played by its people in the past, so it can only show what the process allows. */
describe('the demo of fm', () => {
  let product: Running
  const begun = new Date()

  beforeAll(async () => {
    product = await startProduct({ packs: ['fm'], packsDir: resolve('definitions'), demo: 'full' })
  }, 240_000)
  afterAll(async () => {
    await product.stop()
  })

  it('shows contracts in every state a contract can rest in, with dates of months ago', async () => {
    const contracts = await product.ctx.db.records('contrato').find({})
    const states = new Set(contracts.map((contract) => contract.data.estado))
    // "Aceptado" passes at once to "En Firma" (FM-D-078).
    expect([...states].sort()).toEqual(
      [
        ...['Anulado', 'Con Observaciones', 'Contrapropuesta Recibida', 'En Firma', 'En Revisión', 'En Revisión Legal'],
        ...['Finalizado', 'Firmado', 'Legal con Observaciones', 'Observaciones Enviadas', 'Propuesta Enviada'],
        ...['Rechazado', 'Recibido'],
      ].sort(),
    )
    const oldest = Math.min(...contracts.map((contract) => contract.createdAt.getTime()))
    expect(Date.now() - oldest).toBeGreaterThan(300 * 24 * 3600_000)
  })

  it('knows the rate of today, and says of every work the day on which it was done', async () => {
    const rates = await product.ctx.db.records('tipo-cambio').find({})
    const days = rates.map((rate) => String(rate.data.fecha)).sort()
    // A day may have ended since the demo was played.
    const today = days.at(-1)!
    expect([begun, new Date()].map((at) => todayIn(at, 'America/Lima'))).toContain(today)
    const dayBack = (count: number) => todayIn(new Date(Date.parse(today) - count * 24 * 3600_000), 'UTC')
    const works = await product.ctx.db.records('mantenimiento').find({})
    expect(works.map((work) => String(work.data.fecha))).toEqual(expect.arrayContaining([62, 40, 15].map(dayBack)))
    // Written on that day, not when everything began.
    const latest = works.find((work) => work.data.fecha === dayBack(15))
    expect(todayIn(latest!.createdAt, 'America/Lima')).toBe(dayBack(15))
  })

  it('leaves some tasks overdue, so that an inbox has something to show', async () => {
    const open = await product.ctx.db.tasks.find({ status: 'open' })
    expect(open.some((task) => task.dueAt !== null && task.dueAt.getTime() < Date.now())).toBe(true)
    expect(open.some((task) => task.dueAt !== null && task.dueAt.getTime() > Date.now())).toBe(true)
  })

  it('gives the two clients contracts of their own company only', async () => {
    const users = await product.ctx.db.users.find({ roles: 'cliente', email: /@demo\.pe$/ })
    expect(users.map((user) => user.email).sort()).toEqual(['cliente2@demo.pe', 'cliente@demo.pe'])
    for (const user of users) {
      const own = await product.ctx.db.records('contrato').find({ 'data.cliente': { $in: user.scope.clientes ?? [] } })
      expect(own.length).toBeGreaterThan(0)
    }
  })

  it('shows users from outside that wait for approval, were rejected, and have access', async () => {
    const people = await product.ctx.db.records('usuario-externo').find({})
    expect([...new Set(people.map((person) => person.data.estado))].sort()).toEqual([
      'Aprobado',
      'Pendiente',
      'Rechazado',
    ])
    const waiting = await product.ctx.db.tasks.find({ process: 'registro-externo', node: 'aprobar', status: 'open' })
    expect(waiting).toHaveLength(1)
  })
})
