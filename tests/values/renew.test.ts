import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Values } from './valuesProduct.ts'

/** What a record copies by a formula follows the record it is copied from. */
describe('computed copies', () => {
  let values: Values
  let acme: string
  let best: string
  let site: string
  beforeAll(async () => {
    values = await Values.start()
    acme = await values.make('owner', { name: 'Acme', center: 'A1' })
    best = await values.make('owner', { name: 'Best', center: 'B1' })
    site = await values.make('site', { name: 'Lima', owner: acme })
  })
  afterAll(() => values.stop())

  it('are there from the first saving, also through a reference that is itself computed', async () => {
    const id = await values.make('device', { name: 'Drill', site })
    expect(await values.read('device', id)).toMatchObject({ owner: acme, ownerName: 'Acme', center: 'A1' })
  })

  it('are renewed with the change of the record between, and of the one behind it', async () => {
    const id = await values.make('device', { name: 'Saw', site })
    const { revision } = (await values.admin.get(`/api/records/device/${id}`)).body as { revision: number }
    expect((await values.change('site', site, { owner: best })).status).toBe(200)
    expect(await values.read('device', id)).toMatchObject({ owner: best, ownerName: 'Best', center: 'B1' })
    expect((await values.change('owner', best, { name: 'Best SAC', center: 'B2' })).status).toBe(200)
    expect(await values.read('device', id)).toMatchObject({ ownerName: 'Best SAC', center: 'B2' })
    const page = (await values.admin.get(`/api/records/device/${id}`)).body as { revision: number }
    expect(page.revision).toBeGreaterThan(revision)
    const history = (await values.admin.get(`/api/records/device/${id}/history`)).body as {
      items: { text: string; who: string }[]
    }
    expect(history.items[0]).toMatchObject({ text: 'Siguió un cambio de Best SAC', who: 'Ana' })
  })

  it('a change that nobody copies writes nothing else', async () => {
    const id = await values.make('device', { name: 'File', site })
    const before = (await values.admin.get(`/api/records/device/${id}`)).body as { revision: number }
    expect((await values.change('site', site, { name: 'Lima Centro' })).status).toBe(200)
    const after = (await values.admin.get(`/api/records/device/${id}`)).body as { revision: number }
    expect(after.revision).toBe(before.revision)
  })

  it('that count and sum follow what they are about: made, moved, changed, deleted and restored', async () => {
    const yard = await values.make('site', { name: 'Yard' })
    const shop = await values.make('site', { name: 'Shop' })
    const numbers = async (id: string) => {
      const { devices, worth } = await values.read('site', id)
      return [devices, worth]
    }
    expect(await numbers(yard)).toEqual([0, '0.00'])
    const crane = await values.make('device', { name: 'Crane', site: yard, kind: 'machine', cost: '900.50' })
    await values.make('device', { name: 'Rope', site: yard, kind: 'tool', cost: '10.00' })
    expect(await numbers(yard)).toEqual([2, '900.50'])
    expect((await values.change('device', crane, { cost: '1000.00' })).status).toBe(200)
    expect(await numbers(yard)).toEqual([2, '1000.00'])
    expect((await values.change('device', crane, { site: shop })).status).toBe(200)
    expect([await numbers(yard), await numbers(shop)]).toEqual([
      [1, '0.00'],
      [1, '1000.00'],
    ])
    const path = `/api/records/device/${crane}`
    const match = async () => {
      const found = await values.product.ctx.db.records('device').get(crane)
      return { headers: { 'if-match': String(found?.revision) } }
    }
    expect((await values.admin.send('DELETE', path, { body: { reason: 'Sold' }, ...(await match()) })).status).toBe(204)
    expect(await numbers(shop)).toEqual([0, '0.00'])
    expect((await values.admin.send('POST', `${path}/restore`, { body: {}, ...(await match()) })).status).toBe(200)
    expect(await numbers(shop)).toEqual([1, '1000.00'])
    const { revision } = (await values.admin.get(`/api/records/site/${shop}`)).body as { revision: number }
    expect((await values.change('device', crane, { name: 'Big crane' })).status).toBe(200)
    expect((await values.admin.get(`/api/records/site/${shop}`)).body).toMatchObject({ revision })
  })

  it('that count records of their own kind count themselves, and the answer says so', async () => {
    const owner = await values.make('owner', { name: 'Cato' })
    const answer = await values.admin.post('/api/records/site', { data: { name: 'One', owner } })
    expect(answer.body).toMatchObject({ data: { sameOwner: 1 } })
    await values.make('site', { name: 'Two', owner })
    const first = (await values.admin.get(`/api/records/site/${answer.body.id}`)).body
    expect(first).toMatchObject({ data: { sameOwner: 2 } })
  })

  it('that count are right also when several are made at the same moment', async () => {
    const dock = await values.make('site', { name: 'Dock' })
    await Promise.all([1, 2, 3, 4].map((number) => values.make('device', { name: `D${number}`, site: dock })))
    expect(await values.read('site', dock)).toMatchObject({ devices: 4 })
  })

  it('above 500 records a job renews them, and nothing is left out', async () => {
    const { ctx, jobs } = values.product
    const big = await values.make('site', { name: 'Plant', owner: acme })
    const [sample] = await ctx.db.records('device').find({}, { limit: 1 })
    if (!sample) throw new Error('no device')
    const copies = Array.from({ length: 501 }, (_, index) => ({
      ...sample,
      _id: `bulk${String(index).padStart(4, '0')}`,
      data: { name: `B${index}`, site: big, owner: acme, ownerName: 'Acme', center: 'A1' },
    }))
    await ctx.db.records('device').insertMany(copies)
    expect((await values.change('site', big, { owner: best })).status).toBe(200)
    await jobs.wake()
    expect(await ctx.db.records('device').count({ 'data.site': big, 'data.ownerName': 'Best SAC' })).toBe(501)
    expect(await ctx.db.outbox.find({ kind: 'renew' })).toMatchObject([{ status: 'sent' }])
  }, 180_000)
})
