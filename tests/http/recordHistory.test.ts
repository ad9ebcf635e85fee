import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { HistoryEntry } from '#engine/contract'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** What happened to a record, as people read it. On the toy pack. */
describe('the history of a record', () => {
  let product: Running
  let buyer: Visitor

  beforeAll(async () => {
    product = await startProduct({ packs: ['toy'], packsDir: resolve(import.meta.dirname, '..') })
    buyer = await signIn(product.staffUrl, 'buyer@toy.example')
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('names what references and keys stand for, and tells a sub-list row by row', async () => {
    const shops = (await buyer.get('/api/records/shop')).body.items
    const paper = { item: 'Paper', quantity: 2, price: '3.00' }
    const pens = { item: 'Pens', quantity: 1, price: '1.50' }
    const started = await buyer.post('/api/processes/purchase/instances', {
      data: { subject: 'Office', category: 'it', lines: [paper, pens], neededBy: '2030-01-01' },
    })
    expect([started.status, started.body.issues]).toEqual([201, undefined])
    const path = `/api/records/purchase/${started.body.instance.record.id}`
    const { revision } = (await buyer.get(path)).body
    const changed = await buyer.patch(
      path,
      {
        data: {
          shop: shops[0].id,
          lines: [
            { ...paper, quantity: 5 },
            { item: 'Ink', quantity: 1, price: '9.00' },
          ],
        },
      },
      { headers: { 'if-match': String(revision) } },
    )
    expect([changed.status, changed.body.issues]).toEqual([200, undefined])
    const entries = (await buyer.get(`${path}/history`)).body.items as HistoryEntry[]
    const changes = new Map(
      entries.find((entry) => entry.kind === 'changed')?.changes?.map((change) => [change.field, change]),
    )
    expect(changes.get('shop')?.text).toEqual({ before: '', after: shops[0].label })
    expect(changes.get('shop')?.after).toBe(shops[0].id)
    expect(changes.get('lines')?.rows?.map(({ kind, name }) => [kind, name])).toEqual([
      ['changed', 'Paper'],
      ['added', 'Ink'],
      ['removed', 'Pens'],
    ])
    expect(changes.get('lines')?.rows?.[0]?.cells).toEqual([
      { title: 'Quantity', before: '2', after: '5' },
      { title: 'Amount', before: '6.00', after: '15.00' },
    ])
  })
})
