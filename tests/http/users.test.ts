import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { JsonObject } from '#forms'
import { actorOf } from '../../engine/access/index.ts'
import { as } from '../../engine/context.ts'
import { CauceError } from '../../engine/errors.ts'
import type { Running } from '../../engine/main.ts'
import { updateRecord } from '../../engine/records/index.ts'
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

  describe('nobody rises by himself', () => {
    it('changes his own roles', async () => {
      const id = await demoUser('superadmin')
      expect(issueAt(await change(admin, id, { roles: ['superadmin', 'gerente-fm'] }))).toEqual({
        status: 422,
        paths: ['roles'],
      })
      expect(issueAt(await change(admin, id, { estado: 'Inactivo' })).status).toBe(422)
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
        const { body } = await save({ roles: ['superadmin'], correo: `segundo${round}@example.pe` })
        // As operations: over HTTP the one who comes second would find his session ended before he could try.
        const remove = async (actor: string, id: string, data: JsonObject): Promise<string> => {
          const user = (await account(actor))!
          const record = await ctx.db.records('usuario').get(id)
          return updateRecord(as(ctx, actorOf(user, null, null)), {
            entity: 'usuario',
            id,
            revision: record!.revision,
            data,
          }).then(
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
