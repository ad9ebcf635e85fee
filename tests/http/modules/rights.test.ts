import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../harness.ts'
import { clientData, equipmentData, propertyData, supplierData, toolData, type Data } from '../sampleRecords.ts'

/** The roles of the table of rights, as the demo users that have them. */
const staff = ['superadmin', 'gerente.general', 'gerente.fm', 'facility.manager', 'supervisor.fm', 'planner', 'service.desk', 'tecnico', 'legal'] // prettier-ignore

/** What each may: C creates, R reads, E edits, D deletes, – nothing; in the order of the roles above. */
const table: [ids: string, entity: string, rights: string[], fields: { edit: Data }][] = [
  ['[FM-4-1] [FM-4-2]', 'cliente', ['CRED', 'R', 'R', 'R', 'R', 'R', 'R', '–', 'R'], { edit: { telefono: '014440000' } }], // prettier-ignore
  ['[FM-5.1-1]', 'inmueble', ['CRED', 'R', 'CRED', 'CRE', 'CRE', 'R', 'R', 'R', '–'], { edit: { direccion: 'Calle Nueva 1' } }], // prettier-ignore
  ['[FM-6-1] [FM-6-2]', 'proveedor', ['CRED', 'R', 'R', 'R', 'R', 'R', 'R', '–', '–'], { edit: { telefono: '014440000' } }], // prettier-ignore
  ['[FM-7.1-1]', 'equipo', ['CRED', 'R', 'CRED', 'CRE', 'CRE', 'CRE', 'R', 'R', '–'], { edit: { marca: 'Otra' } }],
  ['[FM-D-005]', 'herramienta', ['CRED', 'R', 'CRED', 'CRE', 'CRE', 'RE', 'R', 'R', '–'], { edit: { marca: 'Otra' } }], // prettier-ignore
]

/** Who may what with the records of the modules: the default table of FM-D-005 through HTTP, deletions and all. */
describe('who may', () => {
  let product: Running
  const visitors = new Map<string, Visitor>()
  const as = (name: string): Visitor => visitors.get(name)!
  let client: string
  let made: Record<string, () => Data>
  beforeAll(async () => {
    product = await startProduct()
    for (const name of staff) visitors.set(name, await signIn(product.staffUrl, name))
    for (const name of ['cliente', 'proveedor']) visitors.set(name, await signIn(product.portalUrl, name))
    client = (await as('superadmin').post('/api/records/cliente', { data: clientData() })).body.id
    const technician = (await as('superadmin').get('/api/records/usuario?filter.correo=tecnico@demo.pe')).body.items[0]
    const site = technician.data.sedes[0] as string
    made = {
      cliente: clientData,
      inmueble: () => propertyData(client),
      proveedor: supplierData,
      // Those that the technician sees: of his sites, and his own.
      equipo: () => equipmentData({ sede: site }),
      herramienta: () => toolData({ asignadoA: 'Técnico', tecnico: technician.id, almacen: undefined }),
    }
  }, 120_000)
  afterAll(() => product.stop())

  describe.each(table)('%s %s', (ids, entity, rights, { edit }) => {
    it.each(staff.map((name, index) => [ids, name, rights[index]!] as const))(
      '%s [FM-D-005] %s: %s',
      async (_, name, letters) => {
        const visitor = as(name)
        const path = `/api/records/${entity}`
        const kept = (await as('superadmin').post(path, { data: made[entity]!(), warned: true })).body
        const at = (revision: number) => ({ headers: { 'if-match': String(revision) } })
        const own = `${path}/${kept.id}`
        // What he may not read is not there for him, what he may read and not do is forbidden.
        const refused = letters.includes('R') ? 403 : 404
        const expected = (letter: string, done: number, otherwise = refused) =>
          letters.includes(letter) ? done : otherwise

        // By its code, as people look for it: there before, and not after it is deleted.
        const sought = `${path}?q=${encodeURIComponent(kept.data.codigo as string)}`
        expect((await as('superadmin').get(sought)).body.total).toBe(1)
        const list = await visitor.get(`${path}?size=1`)
        const one = await visitor.get(own)
        const created = await visitor.post(path, { data: made[entity]!(), warned: true })
        const edited = await visitor.patch(own, { data: edit, warned: true }, at(kept.revision))
        const { revision, data } = (await as('superadmin').get(own)).body
        expect(data).toEqual(letters.includes('E') ? { ...kept.data, ...edit } : kept.data)
        const deleted = await visitor.delete(own, { reason: 'Prueba' }, at(revision))
        expect({
          list: list.status,
          one: one.status,
          created: created.status,
          edited: edited.status,
          deleted: deleted.status,
        }).toEqual({
          list: expected('R', 200, 403),
          one: expected('R', 200),
          created: expected('C', 201, 403),
          edited: expected('E', 200),
          deleted: expected('D', 204),
        })
        expect((await as('superadmin').get(sought)).body.total).toBe(letters.includes('D') ? 0 : 1)
      },
    )
  })

  it.each([
    ['cliente', ['cliente', 'inmueble']],
    ['proveedor', ['proveedor']],
  ])('[FM-D-005] [FM-D-015] %s at the portal reads of its own: %j', async (name, readable) => {
    for (const [, entity] of table) {
      const { status, body } = await as(name).get(`/api/records/${entity}`)
      expect({ entity, status }).toEqual({ entity, status: readable.includes(entity) ? 200 : 403 })
      if (status !== 200) continue
      const all = (await as('superadmin').get(`/api/records/${entity}?size=1`)).body.total as number
      expect(body.total).toBeGreaterThan(0)
      expect(body.total).toBeLessThan(all)
    }
  })
})
