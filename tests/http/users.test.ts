import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { JsonObject } from '#forms'
import { actorOf } from '../../engine/access/index.ts'
import { as } from '../../engine/context.ts'
import { CauceError } from '../../engine/errors.ts'
import type { Running } from '../../engine/main.ts'
import { updateRecord } from '../../engine/records/index.ts'
import { People, startContract } from './contractCase.ts'
import { signIn, startProduct, Visitor, type Answer } from './harness.ts'

/** Section 3 of the specification: users, as the Superadministrador enters them, and what becomes of their accounts. */
describe('users', () => {
  let product: Running
  let admin: Visitor

  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  })
  afterAll(async () => {
    await product.stop()
  })

  let next = 0
  const user = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
    next += 1
    const data: Record<string, unknown> = {
      tipoDocumento: 'DNI',
      numeroDocumento: String(70_000_000 + next),
      nombres: 'Nora',
      apellidos: `Prueba ${next}`,
      correo: `nora${next}@example.pe`,
      celular: '987111222',
      roles: ['planner'],
      estado: 'Activo',
      ...changes,
    }
    return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
  }
  const save = (changes: Record<string, unknown> = {}): Promise<Answer> =>
    admin.post('/api/records/usuario', { data: user(changes) })
  const change = async (who: Visitor, id: string, data: Record<string, unknown>): Promise<Answer> => {
    const { body } = await admin.get(`/api/records/usuario/${id}`)
    return who.patch(`/api/records/usuario/${id}`, { data }, match(body))
  }
  const match = (body: { revision: number }) => ({ headers: { 'if-match': String(body.revision) } })
  const demoUser = async (name: string): Promise<string> => {
    const { body } = await admin.get(`/api/records/usuario?filter.correo=${name}@demo.pe`)
    return (body.items as { id: string }[])[0]?.id ?? ''
  }
  const issueAt = ({ status, body }: Answer): { status: number; paths: string[] } => ({
    status,
    paths: ((body.issues ?? []) as { path: string }[]).map(({ path }) => path),
  })
  const account = (id: string) => product.ctx.db.users.get(id)

  describe('the account behind the record', () => {
    it('is made, changed and ended with it', async () => {
      const { body } = await save({ correo: 'Marta.Ruiz@Example.PE', nombres: 'Marta', apellidos: 'Ruiz' })
      const id = body.id as string
      expect(await account(id)).toMatchObject({
        email: 'marta.ruiz@example.pe',
        name: 'Marta Ruiz',
        roles: ['planner'],
        front: 'staff',
        active: true,
        passwordHash: null,
      })
      expect((await change(admin, id, { roles: ['planner', 'tecnico'], apellidos: 'Ruiz Vega' })).status).toBe(200)
      expect(await account(id)).toMatchObject({ name: 'Marta Ruiz Vega', roles: ['planner', 'tecnico'] })
      expect((await change(admin, id, { estado: 'Inactivo' })).status).toBe(200)
      expect(await account(id)).toMatchObject({ active: false })
    })

    it('[FM-D-020] has an e-mail that no other account has, whatever its case and its kind', async () => {
      expect(issueAt(await save({ correo: 'PLANNER@demo.pe' }))).toEqual({ status: 422, paths: ['correo'] })
      expect(issueAt(await save({ correo: 'cliente@demo.pe' }))).toEqual({ status: 422, paths: ['correo'] })
      const both = await Promise.all([save({ correo: 'uno@example.pe' }), save({ correo: 'Uno@example.pe' })])
      expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
    })

    it('[FM-D-024] ends its sessions at once when it is deactivated', async () => {
      const visitor = await signIn(product.staffUrl, 'service.desk')
      const id = await demoUser('service.desk')
      expect((await visitor.get('/api/session')).status).toBe(200)
      await change(admin, id, { estado: 'Inactivo' })
      expect((await visitor.get('/api/session')).status).toBe(401)
      const refused = await new Visitor(product.staffUrl).post('/api/session', {
        email: 'service.desk@demo.pe',
        password: 'Demo-Cauce-2026',
      })
      expect(refused.status).toBe(401)
      await change(admin, id, { estado: 'Activo' })
      await signIn(product.staffUrl, 'service.desk')
    })

    it('[FM-D-024] is never deleted once its person has worked, and may be while he has not', async () => {
      const id = await demoUser('planner')
      await signIn(product.staffUrl, 'planner')
      const { body } = await admin.get(`/api/records/usuario/${id}`)
      const refused = await admin.delete(`/api/records/usuario/${id}`, {}, match(body))
      expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'account.has-history' })
      const fresh = (await save({ correo: 'error@example.pe' })).body
      expect((await admin.delete(`/api/records/usuario/${fresh.id as string}`, {}, match(fresh))).status).toBe(204)
      expect(await account(fresh.id as string)).toBeNull()
      expect((await save({ correo: 'error@example.pe' })).status).toBe(201)
    })
  })

  describe('the form', () => {
    interface Field {
      title: string
      enum?: string[]
    }
    const form = async (): Promise<{ schema: { properties: Record<string, Field>; required: string[] } }> =>
      (await admin.get('/api/entities/usuario')).body.form
    /** Requirement of the field, of its being mandatory, its name, its title, and the word its message says. */
    const fields = [
      ['FM-3-47', 'FM-3-49', 'tipoDocumento', 'Tipo de documento de identidad', 'DNI'],
      ['FM-3-50', 'FM-3-51', 'numeroDocumento', 'Número de Documento de identidad', '71234567'],
      ['FM-3-52', 'FM-3-53', 'nombres', 'Nombres del colaborador', 'Ana María'],
      ['FM-3-54', 'FM-3-55', 'apellidos', 'Apellidos del colaborador', 'Ñahui Peña'],
      ['FM-3-56', 'FM-3-57', 'correo', 'Correo corporativo', 'ana.nahui@example.pe'],
      ['FM-3-58', 'FM-3-59', 'celular', 'Celular', '987000111'],
    ] as const

    it.each(fields)(
      '[%s] has the field, and keeps and lists what is typed (%s, %s)',
      async (_id, _must, name, title, value) => {
        expect((await form()).schema.properties[name]?.title).toBe(title)
        const unique =
          name === 'numeroDocumento'
            ? {}
            : { numeroDocumento: String(71_300_000 + fields.findIndex((f) => f[2] === name)) }
        const { status, body } = await save({ ...unique, [name]: value })
        expect(status).toBe(201)
        const [listed] = (await admin.get(`/api/records/usuario?filter.correo=${body.data.correo as string}`)).body
          .items as { data: Record<string, unknown> }[]
        expect(listed?.data[name]).toBe(value)
        expect((await change(admin, body.id as string, { estado: 'Inactivo' })).status).toBe(200)
      },
    )

    it.each(fields.map(([, id, name, title]) => [id, name, title]))(
      '[%s] without %s saving is refused and the message names the field «%s»',
      async (_id, name, title) => {
        const { status, body } = await save({ [name]: undefined })
        const issue = ((body.issues ?? []) as { path: string; message: string }[]).find(({ path }) => path === name)
        expect(status).toBe(422)
        expect(issue?.message.toLowerCase()).toContain(title.toLowerCase())
      },
    )

    it('[FM-3-46] [FM-D-014] all of them are mandatory: an empty form is refused with one message for each', async () => {
      const { status, body } = await admin.post('/api/records/usuario', { data: {} })
      const paths = (body.issues as { path: string }[]).map(({ path }) => path)
      expect(status).toBe(422)
      expect(paths).toEqual(expect.arrayContaining(fields.map(([, , name]) => name)))
      expect((await form()).schema.required).toEqual(expect.arrayContaining(fields.map(([, , name]) => name)))
    })

    it('[FM-3-48] the type of document is DNI or CE and nothing else', async () => {
      expect((await form()).schema.properties.tipoDocumento?.enum).toEqual(['DNI', 'CE'])
      expect(issueAt(await save({ tipoDocumento: 'Pasaporte' })).paths).toContain('tipoDocumento')
    })

    it.each([
      ['DNI', '7123456', false],
      ['DNI', '712345678', false],
      ['DNI', '7123456A', false],
      ['DNI', '00123456', true],
      ['CE', '12345678', false],
      ['CE', '001234567', true],
      ['CE', 'ab1234567890', true],
      ['CE', 'AB12345678901', false],
      ['CE', 'AB-1234567', false],
    ])('[FM-3-50] [FM-D-019] %s «%s» is accepted: %s', async (tipoDocumento, numeroDocumento, isGood) => {
      const answer = await save({ tipoDocumento, numeroDocumento })
      expect(answer.status).toBe(isGood ? 201 : 422)
      if (!isGood) expect(issueAt(answer).paths).toContain('numeroDocumento')
      else expect(answer.body.data.numeroDocumento).toBe(numeroDocumento.toUpperCase())
    })

    it('[FM-D-019] a document is one person’s, type and number together', async () => {
      expect((await save({ tipoDocumento: 'CE', numeroDocumento: '700700700' })).status).toBe(201)
      expect(issueAt(await save({ tipoDocumento: 'CE', numeroDocumento: '700700700' })).status).toBe(422)
    })

    it.each([
      ['987 654-321', '987654321'],
      ['+56 9 8765 4321', '+56987654321'],
    ])('[FM-3-58] [FM-D-021] celular «%s» is kept as %s', async (typed, kept) => {
      expect((await save({ celular: typed })).body.data.celular).toBe(kept)
    })

    it.each(['887654321', '98765432', '98765432A', '+12'])('[FM-D-021] celular «%s» is refused', async (celular) => {
      expect(issueAt(await save({ celular })).paths).toContain('celular')
    })

    it.each([
      ['FM-3-5', 'gerente-general', 'Gerente general'],
      ['FM-3-6', 'gerente-fm', 'Gerente de FM'],
      ['FM-3-7', 'facility-manager', 'Facility manager'],
      ['FM-3-8', 'supervisor-fm', 'Supervisor FM'],
      ['FM-3-9', 'planner', 'Planner MTTO'],
      ['FM-3-10', 'service-desk', 'Service desk FM'],
      ['FM-3-11', 'tecnico', 'Técnicos'],
      ['FM-3-1', 'superadmin', 'Superadministrador'],
    ])('[%s] the role %s, "%s", can be given to a user', async (_id, key, title) => {
      const rows = (await admin.get('/api/catalogs/$roles.staff')).body.rows as { key: string; title: string }[]
      expect(rows).toContainEqual(expect.objectContaining({ key, title }))
      const { status, body } = await save({ roles: [key] })
      expect(status).toBe(201)
      expect((await account(body.id as string))?.roles).toEqual([key])
      if (key === 'superadmin') await change(admin, body.id as string, { estado: 'Inactivo' })
    })

    it.each([
      ['FM-3-12', 'Proveedor', 'proveedor'],
      ['FM-3-13', 'Cliente', 'cliente'],
    ])('[%s] the role "%s" is given to a user from outside', async (_id, tipo, thing) => {
      const people = new People(product)
      const rows = (await admin.get('/api/catalogs/$roles.portal')).body.rows as { key: string; title: string }[]
      expect(rows).toContainEqual(expect.objectContaining({ key: thing, title: tipo }))
      const [company] = (await admin.get(`/api/records/${thing}`)).body.items as { id: string }[]
      const correo = `externo.${thing}@example.pe`
      const started = await admin.post('/api/processes/registro-externo/instances', {
        data: {
          ...{ tipo, ruc: '20601843715', nombreCompleto: 'Eva Externa', correo, celular: '987111222', cargo: 'Jefa' },
          ...(thing === 'cliente' ? { clientes: [company!.id] } : { proveedores: [company!.id] }),
        },
      })
      expect({ status: started.status, issues: started.body.issues }).toEqual({ status: 201, issues: undefined })
      const { id } = started.body.instance.record as { id: string }
      expect(await account(id)).toBeNull()
      const manager = await people.as('gerente.fm')
      const tasks = (await manager.get(`/api/tasks?record=usuario-externo:${id}&status=open`)).body.items as {
        id: string
      }[]
      await manager.post(`/api/tasks/${tasks[0]!.id}/complete`, { outcome: 'aprobar', data: {} })
      expect(await account(id)).toMatchObject({ roles: [thing], front: 'portal', active: true })
    })

    it('[FM-3-2] [FM-D-007] the Superadministrador gives several roles to one person', async () => {
      const { body } = await save({ roles: ['planner', 'tecnico', 'legal'] })
      expect((await account(body.id as string))?.roles).toEqual(['planner', 'tecnico', 'legal'])
    })
  })

  describe('the account on the page of a person', () => {
    it('says whether he may enter, and when he was here', async () => {
      const fresh = (await save()).body.id as string
      const card = async (id: string): Promise<Record<string, unknown>> =>
        (await admin.get(`/api/records/usuario/${id}/account`)).body
      expect(await card(fresh)).toMatchObject({ state: 'no-password', lastSignInAt: null, may: { sendLink: true } })
      await change(admin, fresh, { estado: 'Inactivo' })
      expect(await card(fresh)).toMatchObject({ state: 'inactive', may: { sendLink: false } })
      const desk = await demoUser('service.desk')
      await signIn(product.staffUrl, 'service.desk')
      expect(await card(desk)).toMatchObject({ state: 'active', lastSignInAt: expect.any(String) })
      for (let round = 0; round < 5; round += 1)
        await new Visitor(product.staffUrl).post('/api/session', { email: 'service.desk@demo.pe', password: 'no' })
      expect(await card(desk)).toMatchObject({ state: 'locked', lockedUntil: expect.any(String) })
    })

    it('is nobody’s who may not read the record, and no record’s that is no person', async () => {
      const worker = await signIn(product.staffUrl, 'tecnico')
      expect((await worker.get(`/api/records/usuario/${await demoUser('superadmin')}/account`)).status).toBe(404)
      const [client] = (await admin.get('/api/records/cliente')).body.items as { id: string }[]
      expect((await admin.get(`/api/records/cliente/${client!.id}/account`)).status).toBe(404)
    })

    it('[FM-D-024] lists the open work of who leaves, and hands it to another who may do it', async () => {
      const people = new People(product)
      const { instance } = await startContract(people)
      const from = await demoUser('facility.manager')
      const to = await demoUser('supervisor.fm')
      const leaver = await people.as('facility.manager')
      const [task] = (await leaver.get(`/api/tasks?instance=${instance}&status=open`)).body.items as { id: string }[]
      expect((await leaver.post(`/api/tasks/${task!.id}/claim`)).status).toBe(200)
      const path = `/api/records/usuario/${from}/account`
      expect((await admin.get(path)).body.tasks).toEqual([expect.objectContaining({ id: task!.id })])
      const refused = await admin.post(`${path}/work`, { to: await demoUser('planner') })
      expect(refused.body.tasks).toHaveLength(1)
      expect((await admin.post(`${path}/work`, { to: from })).body.code).toBe('account.cannot-take')
      expect((await (await people.as('gerente.fm')).post(`${path}/work`, { to })).status).toBe(403)
      expect((await admin.post(`${path}/work`, { to })).body).toMatchObject({ tasks: [], records: [] })
      const taker = await people.as('supervisor.fm')
      const mine = (await taker.get(`/api/tasks?instance=${instance}&status=open`)).body.items as {
        id: string
        assignee: { id: string } | null
        mine: boolean
      }[]
      expect(mine).toContainEqual(
        expect.objectContaining({ id: task!.id, mine: true, assignee: expect.objectContaining({ id: to }) }),
      )
    })
  })

  describe('nobody rises by himself', () => {
    it('changes his own roles', async () => {
      const id = await demoUser('superadmin')
      expect(issueAt(await change(admin, id, { roles: ['superadmin', 'gerente-fm'] }))).toEqual({
        status: 422,
        paths: ['roles'],
      })
      expect(issueAt(await change(admin, id, { estado: 'Inactivo' })).status).toBe(422)
    })

    it('gives another roles or another address in a session whose password was given long ago', async () => {
      const { body } = await save()
      product.clock?.advance(6 * 60_000)
      for (const risky of [{ roles: ['tecnico'] }, { correo: 'otra.direccion@demo.pe' }]) {
        const refused = await change(admin, body.id as string, risky)
        expect({ status: refused.status, code: refused.body.code }).toEqual({
          status: 403,
          code: 'session.confirm-password',
        })
      }
      expect((await change(admin, body.id as string, { celular: '987111333' })).status).toBe(200)
      admin = await signIn(product.staffUrl, 'superadmin')
      expect((await change(admin, body.id as string, { roles: ['tecnico'] })).status).toBe(200)
    })

    it('writes the record of a user without the right to', async () => {
      for (const name of ['gerente.fm', 'gerente.general', 'tecnico', 'legal']) {
        const visitor = await signIn(product.staffUrl, name)
        const own = await change(visitor, await demoUser(name), { roles: ['superadmin'] })
        expect({ name, status: own.status }).toEqual({ name, status: 403 })
        expect((await visitor.post('/api/records/usuario', { data: user() })).status).toBe(403)
      }
    })

    it.each(['passwordHash', 'active', 'front', 'scope', 'email', '_id'])(
      'sends %s along with the record of a user',
      async (name) => {
        expect(issueAt(await save({ [name]: 'x' }))).toEqual({ status: 422, paths: [name] })
      },
    )

    it('mixes roles of the staff and of the portal', async () => {
      expect(issueAt(await save({ roles: ['planner', 'cliente'] })).status).toBe(422)
      expect(issueAt(await save({ roles: ['emperador'] })).status).toBe(422)
      expect(issueAt(await save({ roles: [] })).paths).toContain('roles')
    })

    it('sees the record of another unless he may', async () => {
      const visitor = await signIn(product.staffUrl, 'tecnico')
      const list = (await visitor.get('/api/records/usuario')).body.items as { id: string }[]
      expect(list.map(({ id }) => id)).toEqual([await demoUser('tecnico')])
      expect((await visitor.get(`/api/records/usuario/${await demoUser('legal')}`)).status).toBe(404)
    })
  })

  describe('[FM-D-001] the last Superadministrador', () => {
    it('cannot be deactivated by another, nor lose the role, even when two remove each other at the same moment', async () => {
      const first = await demoUser('superadmin')
      const { ctx } = product
      for (let round = 0; round < 5; round += 1) {
        // Whoever lost the round before had his sessions ended.
        admin = await signIn(product.staffUrl, 'superadmin')
        const { body } = await save({ roles: ['superadmin'], correo: `segundo${round}@example.pe` })
        // As operations: over HTTP the one who comes second would find his session ended before he could try.
        const remove = async (actor: string, id: string, data: JsonObject): Promise<string> => {
          const user = (await account(actor))!
          const record = await ctx.db.records('usuario').get(id)
          const session = { id: 'x', confirmedAt: ctx.clock.now(), enrolling: false }
          return updateRecord(
            { ...as(ctx, actorOf(user, null, null)), session },
            {
              entity: 'usuario',
              id,
              revision: record!.revision,
              data,
            },
          ).then(
            () => 'done',
            (error: unknown) => (error instanceof CauceError ? (error.issues?.[0]?.rule ?? error.code) : String(error)),
          )
        }
        const second = body.id as string
        const away: JsonObject = round % 2 === 0 ? { estado: 'Inactivo' } : { roles: ['planner'] }
        const both = await Promise.all([remove(first, second, away), remove(second, first, away)])
        const active = await ctx.db.users.find({ roles: 'superadmin', active: true })
        expect({ both: both.sort(), active: active.length }).toEqual({ both: ['done', expect.any(String)], active: 1 })
        expect(both).not.toEqual(['done', 'done'])
        const [left] = active
        if (left && left._id !== first)
          expect(await remove(left._id, first, { estado: 'Activo', roles: ['superadmin'] })).toBe('done')
        if ((await account(second))!.roles.includes('superadmin'))
          await remove(first, second, { estado: 'Inactivo', roles: ['planner'] })
      }
    })
  })
})
