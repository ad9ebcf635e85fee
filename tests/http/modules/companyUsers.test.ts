import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Changes } from '../../modules/FieldRow.ts'
import { personFields } from '../../modules/representativeFields.ts'
import { signIn } from '../harness.ts'
import { clientData, supplierData, validRuc } from '../sampleRecords.ts'
import { walkFields } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 4.4 of the specification through the API: the users of a client, registered by the Superadministrador. */
describe('users of a client', () => {
  let client: string
  let last = 0
  const module = new ModuleInHand('usuario-externo', (changes) => ({
    tipo: 'Cliente',
    ruc: validRuc('2099000001'),
    clientes: [client],
    nombreCompleto: 'Elena Tapia Córdova',
    correo: `usuaria.${++last}@example.pe`,
    celular: '986540023',
    cargo: 'Jefa de Infraestructura',
    ...changes,
  }))
  const { stored } = module
  beforeAll(async () => {
    client = await module.other('cliente', clientData())
  })
  const names = { nombre: 'nombreCompleto', correo: 'correo', celular: 'celular', cargo: 'cargo' }

  walkFields(
    module,
    personFields('FM-4.4-', 'FM-4.7-3', 'Datos del usuario', (name) => names[name]),
  )

  it('[FM-4-9] [FM-4.4-1] there may be several, and all are found by their client', async () => {
    const saved = [await stored(), await stored()]
    const { items } = (await module.admin.get(`/api/records/usuario-externo?filter.clientes=${client}&size=100`)).body
    const ids = (items as { id: string }[]).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(saved.map(({ id }) => id)))
  })

  it.each([
    ['[FM-4-9] [FM-4.4-1] [FM-4.4-18]', 'cliente', 'Cliente', clientData],
    ['[FM-D-015]', 'proveedor', 'Proveedor', supplierData],
  ])(
    '%s made inside a %s they are of that kind, have its RUC and belong to it, whatever is sent, and wait for the Gerente de FM',
    async (_, entity, tipo, make) => {
      const { tipo: _tipo, ruc: _ruc, clientes: _clientes, ...person } = module.data()
      const company = make()
      const made = await module.admin.post(`/api/records/${entity}`, {
        data: company,
        related: {
          usuarios: [
            { data: person },
            { data: { ...module.data(), tipo: tipo === 'Cliente' ? 'Proveedor' : 'Cliente' } },
          ],
        },
        warned: true,
      })
      expect({ status: made.status, issues: made.body.issues }).toEqual({ status: 201, issues: undefined })
      const field = tipo === 'Cliente' ? 'clientes' : 'proveedores'
      const { items } = (await module.admin.get(`/api/records/usuario-externo?filter.${field}=${made.body.id}`)).body
      const users = (items as { data: Changes }[]).map((item) => item.data)
      expect(users).toHaveLength(2)
      expect(users.find(({ correo }) => correo === person.correo)).toMatchObject({ ruc: company.ruc })
      for (const user of users)
        expect(user).toMatchObject({ tipo, [field]: [made.body.id], roles: [tipo.toLowerCase()], estado: 'Pendiente' })
      const manager = await signIn(module.product.staffUrl, 'gerente.fm')
      for (const { id } of items as { id: string }[]) {
        const { body } = await manager.get(`/api/tasks?record=usuario-externo:${id}&status=open`)
        expect(body.items).toEqual([expect.objectContaining({ key: 'aprobar' })])
      }
      expect(await module.product.ctx.db.users.findOne({ email: String(person.correo) })).toBeNull()
    },
  )

  it('[FM-4.7-3] [FM-4.7-4] a client is not saved with a user whose data are wrong', async () => {
    const { tipo: _tipo, ruc: _ruc, clientes: _clientes, ...person } = module.data()
    const data = clientData()
    const wrong = { ...person, correo: 'ejemplo@dominio', cargo: undefined }
    const made = await module.admin.post('/api/records/cliente', {
      data,
      related: { usuarios: [{ data: person }, { data: wrong }] },
      warned: true,
    })
    const paths = (made.body.issues as { path: string }[]).map(({ path }) => path)
    expect({ status: made.status, paths: paths.sort() }).toEqual({
      status: 422,
      paths: ['related.usuarios.1.cargo', 'related.usuarios.1.correo'],
    })
    const left = await module.admin.get(`/api/records/cliente?filter.ruc=${String(data.ruc)}`)
    expect(left.body.total).toBe(0)
    const { items } = (await module.admin.get(`/api/records/usuario-externo?q=${String(person.correo)}`)).body
    expect(items).toEqual([])
  })
})
