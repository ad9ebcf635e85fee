import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { SearchGroupView } from '#engine/contract'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** One search over every kind of record. On the toy pack. */
describe('searching everywhere', () => {
  let product: Running
  let buyer: Visitor
  let other: Visitor

  const found = async (who: Visitor, q: string): Promise<[string, string][]> => {
    const answer = await who.get(`/api/search?q=${encodeURIComponent(q)}`)
    expect(answer.status).toBe(200)
    return (answer.body as SearchGroupView[]).flatMap((group) =>
      group.items.map((item): [string, string] => [group.entity, item.label]),
    )
  }

  beforeAll(async () => {
    product = await startProduct({ packs: ['toy'], packsDir: resolve(import.meta.dirname, '..') })
    buyer = await signIn(product.staffUrl, 'buyer@toy.example')
    other = await signIn(product.staffUrl, 'buyer2@toy.example')
    expect((await buyer.post('/api/records/shop', { data: { name: 'Ñandú Café', email: 'x@n.pe' } })).status).toBe(201)
    const line = { item: 'Paper', quantity: 1, price: '1.00' }
    const started = await buyer.post('/api/processes/purchase/instances', {
      data: { subject: 'Café for the office', category: 'it', lines: [line], neededBy: '2030-01-01' },
    })
    expect(started.status).toBe(201)
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('finds records of every kind at once, accents and case apart', async () => {
    expect((await found(buyer, 'CAFE')).map(([entity]) => entity).sort()).toEqual(['purchase', 'shop'])
    expect(await found(buyer, 'nandu')).toEqual([['shop', 'Ñandú Café']])
  })
  it('leaves out what a row rule hides, and asks nothing for one letter', async () => {
    expect((await found(other, 'cafe')).map(([entity]) => entity)).toEqual(['shop'])
    expect(await found(buyer, 'c')).toEqual([])
  })
  it('is of the staff', async () => {
    const vendor = await signIn(product.portalUrl, 'vendor@toy.example')
    expect((await vendor.get('/api/search?q=cafe')).status).toBe(404)
  })
  it('says how each kind is made by whom', async () => {
    const entities = (await buyer.get('/api/entities')).body as { key: string; creates: unknown }[]
    expect(Object.fromEntries(entities.map(({ key, creates }) => [key, creates]))).toMatchObject({
      purchase: { process: 'purchase' },
      shop: { process: null },
    })
  })
})
