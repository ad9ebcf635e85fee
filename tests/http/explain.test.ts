import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ExplainView } from '#engine/contract'
import type { Running } from '../../engine/main.ts'
import { People, startContract, type ContractCase } from './contractCase.ts'
import { startProduct } from './harness.ts'

/** "¿Por qué?": one sentence a person would say, for records, actions and tasks. */
describe('explain', () => {
  let product: Running
  let people: People
  let contract: ContractCase

  beforeAll(async () => {
    product = await startProduct()
    people = new People(product)
    contract = await startContract(people)
  })
  afterAll(async () => {
    await product.stop()
  })
  const ask = async (name: string, query: string): Promise<ExplainView> => {
    const { status, body } = await (await people.as(name)).get(`/api/explain?${query}`)
    expect({ status, body: body.message }).toEqual({ status: 200, body: undefined })
    return body as ExplainView
  }

  it.each([
    [
      'planner',
      'thing=cliente&action=export',
      false,
      'Usted no puede exportar Clientes: el rol Planner MTTO no lo permite.',
    ],
    [
      'superadmin',
      'thing=cliente&action=export',
      true,
      'Usted puede exportar Clientes porque tiene Superadministrador.',
    ],
    ['facility.manager', 'thing=contrato&action=edit', true, 'Usted puede modificar Contratos porque tiene FM.'],
    [
      'legal',
      'thing=contrato&action=read',
      true,
      'Usted puede ver Contratos porque tiene Legal, pero solo en los registros que le corresponden.',
    ],
    [
      'gerente.fm',
      'thing=roles&action=edit',
      false,
      'Usted no puede modificar Roles y permisos. Solo el Superadministrador cambia los permisos (FM-D-001).',
    ],
  ])('tells %s about %s: %s', async (name, query, allowed, sentence) => {
    expect(await ask(name, query)).toMatchObject({ allowed, sentence })
  })

  it('agrees with what happens, for every role and every action on clients', async () => {
    for (const name of ['superadmin', 'gerente.general', 'gerente.fm', 'planner', 'tecnico', 'cliente', 'proveedor']) {
      const { status } = await (await people.as(name)).get('/api/records/cliente')
      expect({ name, allowed: (await ask(name, 'thing=cliente&action=read')).allowed }).toEqual({
        name,
        allowed: status === 200,
      })
    }
  })

  it('gives the same answer for another company’s record and for one that does not exist', async () => {
    const clients = (await (await people.as('superadmin')).get('/api/records/cliente')).body.items as { id: string }[]
    const [own] = (await (await people.as('cliente')).get('/api/records/cliente')).body.items as { id: string }[]
    const foreign = clients.find(({ id }) => id !== own!.id)!
    const about = await ask('cliente', `thing=cliente&action=read&id=${foreign.id}`)
    expect(await ask('cliente', 'thing=cliente&action=read&id=ffffffffffffffffffffffff')).toEqual(about)
    expect(about.allowed).toBe(false)
    expect((await ask('cliente', `thing=cliente&action=read&id=${own!.id}`)).allowed).toBe(true)
  })

  it('says why a task is in the inbox, and why not', async () => {
    const fm = await people.as('facility.manager')
    const [task] = (await fm.get(`/api/tasks?instance=${contract.instance}&status=open`)).body.items as { id: string }[]
    expect(await ask('facility.manager', `task=${task!.id}`)).toMatchObject({
      allowed: true,
      sentence: 'La tarea está en la bandeja porque usted pertenece a FM.',
    })
    expect(await ask('gerente.general', `task=${task!.id}`)).toMatchObject({ allowed: false })
    expect((await (await people.as('cliente2')).get(`/api/explain?task=${task!.id}`)).status).toBe(404)
    await fm.post(`/api/tasks/${task!.id}/claim`)
    expect((await ask('facility.manager', `task=${task!.id}`)).sentence).toContain('la tiene asignada')
    expect((await ask('supervisor.fm', `task=${task!.id}`)).sentence).toContain('la tomó Martín Cáceres Vega')
  })

  it('explains another person to an administrator only', async () => {
    const [planner] = (await (await people.as('superadmin')).get('/api/records/usuario?filter.correo=planner@demo.pe'))
      .body.items as { id: string }[]
    const about = await ask('superadmin', `thing=contrato&action=read&user=${planner!.id}`)
    expect(about).toMatchObject({
      allowed: false,
      sentence: 'Jorge Medina Flores no puede ver Contratos: el rol Planner MTTO no lo permite.',
    })
    const refused = await (await people.as('legal')).get(`/api/explain?thing=contrato&user=${planner!.id}`)
    expect(refused.status).toBe(403)
  })

  it('refuses a question about nothing', async () => {
    const admin = await people.as('superadmin')
    expect((await admin.get('/api/explain')).status).toBe(400)
    expect((await admin.get('/api/explain?thing=luna&action=read')).status).toBe(404)
    expect((await admin.get('/api/explain?task=nada')).status).toBe(404)
  })
})
