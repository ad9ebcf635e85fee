import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'
import { SheetImport } from './sheets.ts'

/** The entities of the first pack, out to Excel and back: what the demo holds is as it was. */
describe('records of the pack fm as sheets', () => {
  let product: Running
  let admin: Visitor
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  }, 120_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it.each(['cliente', 'proveedor', 'inmueble', 'equipo'])(
    '%s comes back without changes',
    async (entity) => {
      const answer = await admin.get(`/api/records/${entity}/export?format=xlsx&shape=import`)
      expect(answer.status).toBe(200)
      const { total } = (await admin.get(`/api/records/${entity}?size=1`)).body
      expect(total).toBeGreaterThan(0)
      const sheet = await SheetImport.begin(product, admin, entity, answer.body, 'todo.xlsx')
      const checked = await sheet.check()
      expect(checked.errors.map(({ issues }: { issues: string[] }) => issues)).toEqual([])
      expect(checked.counts).toMatchObject({ same: total, new: 0, changed: 0, errors: 0 })
    },
    60_000,
  )
})
