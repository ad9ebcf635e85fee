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
  })
})
