import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** Lists as people keep them: whose, for whom, and what of them is still there. On the toy pack. */
describe('saved views of a list', () => {
  let product: Running
  let owner: Visitor
  let buyer: Visitor
  let approver: Visitor
  const path = '/api/views/purchase'
  const view = (name: string, more: object = {}) => ({
    name,
    search: 'q=paper&filter.status=Asked&filter.status=Returned&sort=-total',
    columns: ['subject', 'total'],
    shared: false,
    ...more,
  })
  const names = async (who: Visitor): Promise<string[]> =>
    (await who.get(path)).body.map((one: { name: string }) => one.name)

  beforeAll(async () => {
    product = await startProduct({ packs: ['toy'], packsDir: resolve(import.meta.dirname, '..') })
    const person = (name: string) => signIn(product.staffUrl, `${name}@toy.example`)
    ;[owner, buyer, approver] = await Promise.all([person('owner'), person('buyer'), person('approver')])
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('belong to who made them: nobody else sees, changes or deletes them', async () => {
    const made = await buyer.post(path, view('Mine'))
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...view('Mine'), mine: true, editable: true, isDefault: false })
    expect(await names(buyer)).toEqual(['Mine'])
    expect(await names(owner)).toEqual([])
    const other = `${path}/${made.body.id}`
    expect((await owner.patch(other, { name: 'Taken' })).status).toBe(404)
    expect((await owner.patch(other, { isDefault: true })).status).toBe(404)
    expect((await owner.delete(other)).status).toBe(404)
    // Not through the address of another list either.
    expect((await buyer.delete(`/api/views/shop/${made.body.id}`)).status).toBe(404)
    expect((await buyer.patch(other, { name: 'Still mine', columns: null })).body).toMatchObject({
      name: 'Still mine',
      columns: null,
    })
    expect((await buyer.delete(other)).status).toBe(204)
    expect(await names(buyer)).toEqual([])
  })

  it('are shared by those who may export the list, and by nobody else', async () => {
    expect((await buyer.post(path, view('For all', { shared: true }))).status).toBe(403)
    const own = await buyer.post(path, view('Own'))
    expect((await buyer.patch(`${path}/${own.body.id}`, { shared: true })).status).toBe(403)
    const shared = await owner.post(path, view('For all', { shared: true }))
    expect(shared.status).toBe(201)
    const [seen] = (await buyer.get(path)).body
    expect(seen).toMatchObject({ name: 'For all', shared: true, mine: false, editable: false, owner: 'Olive Owner' })
    expect((await buyer.patch(`${path}/${seen.id}`, { name: 'Mine' })).status).toBe(403)
    expect((await buyer.delete(`${path}/${seen.id}`)).status).toBe(403)
    expect((await owner.delete(`${path}/${seen.id}`)).status).toBe(204)
    await buyer.delete(`${path}/${own.body.id}`)
  })

  it('open the list for the person who chose so, one at a time', async () => {
    const first = (await owner.post(path, view('First', { shared: true }))).body
    const second = (await buyer.post(path, view('Second'))).body
    const defaults = async (who: Visitor): Promise<string[]> =>
      (await who.get(path)).body.flatMap((one: { name: string; isDefault: boolean }) => (one.isDefault ? one.name : []))
    expect((await buyer.patch(`${path}/${first.id}`, { isDefault: true })).status).toBe(200)
    expect([await defaults(buyer), await defaults(owner)]).toEqual([['First'], []])
    await buyer.patch(`${path}/${second.id}`, { isDefault: true })
    expect(await defaults(buyer)).toEqual(['Second'])
    await buyer.patch(`${path}/${second.id}`, { isDefault: false })
    expect(await defaults(buyer)).toEqual([])
    await owner.delete(`${path}/${first.id}`)
    await buyer.delete(`${path}/${second.id}`)
  })

  it('open without the fields that are gone or that this person may not read', async () => {
    const search = 'filter.note=secret&filter.status=Asked&filter.gone=1&filter.total.from=10&sort=note&page=7&x=1'
    const made = await approver.post(path, view('Notes', { search, columns: ['note', 'subject', 'gone'] }))
    expect(made.body).toMatchObject({
      search: 'filter.note=secret&filter.status=Asked&filter.total.from=10&sort=note',
      columns: ['note', 'subject'],
    })
    // Shared by somebody who reads the field: the words of the filter do not reach who may not.
    const shared = await owner.post(path, view('Shared notes', { search, columns: ['note'], shared: true }))
    expect(shared.body.columns).toEqual(['note'])
    const [seen] = (await buyer.get(path)).body
    expect(seen).toMatchObject({ search: 'filter.status=Asked&filter.total.from=10', columns: null })
    expect(JSON.stringify(seen)).not.toContain('secret')
    await owner.delete(`${path}/${shared.body.id}`)
    await approver.delete(`${path}/${made.body.id}`)
  })

  it('have a name of their own', async () => {
    const made = (await owner.post(path, view('Once'))).body
    for (const name of ['once', '   ']) {
      const refused = await owner.post(path, view(name))
      expect([refused.status, refused.body.issues[0].path]).toEqual([422, 'name'])
    }
    const both = await Promise.all([owner.post(path, view('Twice')), owner.post(path, view('Twice'))])
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 422])
    await owner.delete(`${path}/${made.id}`)
  })

  it('are not there for who may not read the list, nor at the portal', async () => {
    expect((await buyer.get('/api/views/nothing')).status).toBe(404)
    const vendor = await signIn(product.portalUrl, 'vendor@toy.example')
    expect((await vendor.get(path)).status).toBe(404)
  })

  it('leave a row of the audit', async () => {
    const made = (await owner.post(path, view('Audited', { shared: true }))).body
    await owner.delete(`${path}/${made.id}`)
    const rows = await product.ctx.db.audit.find({ label: 'Audited' }, { sort: { sequence: 1 } })
    expect(rows.map((row) => [row.action, row.thing])).toEqual([
      ['view.created', 'purchase'],
      ['view.deleted', 'purchase'],
    ])
  })
})
