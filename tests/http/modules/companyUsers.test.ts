import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Changes } from '../../modules/FieldRow.ts'
import { personFields } from '../../modules/representativeFields.ts'
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
    personFields('FM-4.4-', 'Datos del usuario', (name) => names[name]),
  )

  it('[FM-4-9] [FM-4.4-1] there may be several, and all are found by their client', async () => {
    const saved = [await stored(), await stored()]
    const { items } = (await module.admin.get(`/api/records/usuario-externo?filter.clientes=${client}&size=100`)).body
    const ids = (items as { id: string }[]).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(saved.map(({ id }) => id)))
  })

  it.each([
    ['cliente', 'Cliente', clientData],
    ['proveedor', 'Proveedor', supplierData],
  ])(
    'made inside a %s one is of that kind, has its RUC and belongs to it, whatever is sent',
    async (entity, tipo, make) => {
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
        expect(user).toMatchObject({ tipo, [field]: [made.body.id], roles: [tipo.toLowerCase()] })
    },
  )
})
