import { beforeAll, describe, expect, it } from '@jest/globals'
import { personFields } from '../../modules/representativeFields.ts'
import { clientData, validRuc } from '../sampleRecords.ts'
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
})
