import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import type { Changes } from '../../modules/FieldRow.ts'
import { personFields } from '../../modules/representativeFields.ts'
import { signIn, startProduct, type Visitor } from '../harness.ts'
import { clientData, validRuc } from '../sampleRecords.ts'
import { storedRecord, walkFields } from '../walkFields.ts'

/** Section 4.4 of the specification through the API: the users of a client, registered by the Superadministrador. */
describe('users of a client', () => {
  let product: Running
  let admin: Visitor
  let client: string
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
    client = (await admin.post('/api/records/cliente', { data: clientData() })).body.id
  }, 90_000)
  afterAll(async () => {
    await product.stop()
  })

  let last = 0
  const data = (changes: Changes = {}): Changes => ({
    tipo: 'Cliente',
    ruc: validRuc('2099000001'),
    clientes: [client],
    nombreCompleto: 'Elena Tapia Córdova',
    correo: `usuaria.${++last}@example.pe`,
    celular: '986540023',
    cargo: 'Jefa de Infraestructura',
    ...changes,
  })
  const module = { entity: 'usuario-externo', visitor: () => admin, data }
  const names = { nombre: 'nombreCompleto', correo: 'correo', celular: 'celular', cargo: 'cargo' }

  walkFields(
    module,
    personFields('FM-4.4-', 'Datos del usuario', (name) => names[name]),
  )

  it('[FM-4-9] [FM-4.4-1] there may be several, and all are found by their client', async () => {
    const saved = [await storedRecord(module, data()), await storedRecord(module, data())]
    const { items } = (await admin.get(`/api/records/usuario-externo?filter.clientes=${client}&size=100`)).body
    const ids = (items as { id: string }[]).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(saved.map(({ id }) => id)))
  })
})
