import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { atRevision, customerData, startRental, type Rental } from './rentalProduct.ts'

/** What becomes of a record besides its data: inactive, deleted, restored. */
describe('the life of a record', () => {
  let rental: Rental
  beforeAll(async () => {
    rental = await startRental()
  }, 60_000)
  afterAll(() => (rental as Rental | undefined)?.product.stop())

  const make = async (entity: string, data: object) => {
    const answer = await rental.owner.post(`/api/records/${entity}`, { data, warned: true })
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 201, issues: undefined })
    return answer.body as { id: string; revision: number; label: string }
  }
  const ids = async (path: string): Promise<string[]> =>
    (await rental.owner.get(path)).body.items.map(({ id }: { id: string }) => id)

  it('makes a record inactive with a reason: out of the list, found by status, readable, refused as a new choice', async () => {
    const { owner, clerk } = rental
    const customer = await make('customer', customerData())
    const path = `/api/records/customer/${customer.id}`
    const branch = await make('branch', { name: 'North', customer: customer.id })
    expect((await clerk.post(`${path}/inactivate`, { reason: 'x' }, atRevision(1))).status).toBe(403)
    expect((await owner.post(`${path}/inactivate`, {}, atRevision(1))).status).toBe(400)
    expect((await owner.post(`${path}/inactivate`, { reason: 'x' })).status).toBe(428)
    const done = await owner.post(`${path}/inactivate`, { reason: 'Closed down' }, atRevision(1))
    expect(done.status).toBe(200)
    expect(done.body).toMatchObject({ revision: 2, inactiveAt: expect.any(String) })
    expect((await owner.post(`${path}/activate`, {}, atRevision(1))).status).toBe(412)

    const list = '/api/records/customer?size=100'
    expect(await ids(list)).not.toContain(customer.id)
    expect(await ids(`${list}&status=inactive`)).toEqual([customer.id])
    expect(await ids(`${list}&status=all`)).toContain(customer.id)
    expect((await owner.get(`${list}&status=gone`)).status).toBe(400)
    expect((await clerk.get(path)).body.inactiveAt).toEqual(expect.any(String))

    const refused = await owner.post('/api/records/branch', { data: { name: 'South', customer: customer.id } })
    expect(refused.body).toMatchObject({ code: 'form.invalid', issues: [{ path: 'customer', rule: 'reference' }] })
    // What refers to it already stays as it is.
    const kept = await owner.patch(`/api/records/branch/${branch.id}`, { data: { note: 'Still there' } }, atRevision(1))
    expect(kept.status).toBe(200)
    expect(kept.body.labels.customer[customer.id]).toBe(customer.label)

    const history = await owner.get(`${path}/history`)
    expect(history.body.items[0]).toMatchObject({ text: 'Inactivó el registro: Closed down', who: 'Olga Owner' })
    const back = await owner.post(`${path}/activate`, {}, atRevision(2))
    expect(back.body).toMatchObject({ revision: 3, inactiveAt: null })
    expect(await ids(list)).toContain(customer.id)
  })

  it('does not delete what others refer to, from fields, lists and sub-lists: it names them and offers to inactivate', async () => {
    const { owner } = rental
    const customer = await make('customer', customerData())
    const used = await make('branch', { name: 'Used', customer: customer.id })
    const inList = await make('machine', { kind: 'lift', name: 'By list', backups: [used.id] })
    const inTable = await make('machine', {
      kind: 'lift',
      name: 'By table',
      parts: [{ name: 'Wheel', store: used.id }],
    })
    const refused = await owner.delete(`/api/records/branch/${used.id}`, { reason: 'old' }, atRevision(1))
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({
      code: 'record.referenced',
      details: {
        mayInactivate: true,
        dependents: [{ entity: 'machine', title: 'Machines', count: 2 }],
      },
    })
    const named = refused.body.details.dependents[0].items.map(({ id }: { id: string }) => id)
    expect(named.sort()).toEqual([inList.id, inTable.id].sort())
    expect(refused.body.message).toContain('2 Machines')
  })

  it('empties or takes along what the definition says, deletes logically, and restores', async () => {
    const { owner, clerk } = rental
    const customer = await make('customer', customerData())
    const partner = await make('customer', customerData({ partner: customer.id }))
    const tool = await make('tool', { name: 'Hammer', bought: '2026-01-02', owner: customer.id })
    const path = `/api/records/customer/${customer.id}`
    expect((await clerk.delete(path, {}, atRevision(1))).status).toBe(403)
    expect((await owner.delete(path, { reason: 'Twice' }, atRevision(1))).status).toBe(204)
    expect((await owner.get(`/api/records/customer/${partner.id}`)).body.data.partner).toBeUndefined()
    expect(await ids('/api/records/tool')).not.toContain(tool.id)
    expect(await ids('/api/records/customer?status=all&size=100')).not.toContain(customer.id)
    expect(await ids('/api/records/customer?status=deleted')).toEqual([customer.id])
    expect((await clerk.get('/api/records/customer?status=deleted')).status).toBe(403)
    // Only who could have deleted it still sees it.
    expect((await clerk.get(path)).status).toBe(404)
    expect((await owner.get(path)).body.deletedAt).toEqual(expect.any(String))
    expect((await owner.patch(path, { data: { name: 'No' } }, atRevision(2))).status).toBe(404)
    expect((await clerk.post(`${path}/restore`, undefined, atRevision(2))).status).toBe(404)
    const back = await owner.post(`${path}/restore`, undefined, atRevision(2))
    expect(back.body).toMatchObject({ deletedAt: null, revision: 3 })
    expect((await clerk.get(path)).status).toBe(200)
  })
})
