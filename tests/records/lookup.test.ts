import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { atRevision, customerData, startRental, type Rental } from './rentalProduct.ts'

/** Is the same thing known on the other side (`x-lookup`)? */
describe('looking a value up in another kind of record', () => {
  let rental: Rental
  beforeAll(async () => {
    rental = await startRental()
  }, 60_000)
  afterAll(() => (rental as Rental | undefined)?.product.stop())

  const path = '/api/entities/lead/lookup'

  it('finds it by the value as it would be stored, with what may be copied and no more', async () => {
    const { owner } = rental
    const data = { taxId: '4711', centre: 'B', name: 'Known Ltd', email: 'KNOWN@rental.example' }
    const made = await owner.post('/api/records/customer', { data: customerData(data) })
    const answer = await owner.post(path, { field: 'taxId', value: ' 47-11 ' })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      found: {
        ...{ entity: 'customer', id: made.body.id, label: made.body.label, title: expect.any(String) },
        data: { name: 'Known Ltd', email: 'known@rental.example' },
      },
    })
    expect((await owner.post(path, { field: 'taxId', value: '4712' })).body).toEqual({ found: null })
    expect((await owner.post(path, { field: 'taxId', value: '  ' })).body).toEqual({ found: null })
    await owner.delete(`/api/records/customer/${made.body.id}`, { reason: 'wrong' }, atRevision(1))
    expect((await owner.post(path, { field: 'taxId', value: '4711' })).body).toEqual({ found: null })
  })

  it('tells nothing to who may not read the other side, and refuses who may not write this one', async () => {
    const { owner, clerk, guest } = rental
    await owner.post('/api/records/customer', { data: customerData({ taxId: '4800' }) })
    expect((await guest.post(path, { field: 'taxId', value: '4800' })).body).toEqual({ found: null })
    expect((await clerk.post(path, { field: 'taxId', value: '4800' })).status).toBe(403)
    expect((await owner.post(path, { field: 'name', value: 'x' })).status).toBe(400)
    expect((await owner.post(path, { field: 'constructor', value: 'x' })).status).toBe(400)
    expect((await owner.post(path, { field: 'taxId', value: { $ne: 'x' } })).status).toBe(400)
    expect((await owner.post('/api/entities/nothing/lookup', { field: 'taxId', value: '1' })).status).toBe(404)
  })
})
