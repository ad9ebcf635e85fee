import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Values } from './valuesProduct.ts'

/** A range over amounts of several currencies: the equivalent of today counts (FM-D-061). */
describe('a range of money', () => {
  let values: Values
  beforeAll(async () => {
    values = await Values.start()
  })
  afterAll(() => values.stop())
  const found = async (query: string): Promise<string[]> => {
    const { status, body } = await values.admin.get(`/api/records/price?size=200&sort=name${query}`)
    expect(status).toBe(200)
    return (body as { items: { data: { name: string } }[] }).items.map(({ data }) => data.name)
  }

  it('without a rate finds only what is in its own currency; amounts are numbers, not texts', async () => {
    await values.make('price', { name: 'a', currency: 'PEN', amount: '9.50' })
    await values.make('price', { name: 'b', currency: 'PEN', amount: '100.00' })
    await values.make('price', { name: 'c', currency: 'USD', amount: '10.00' })
    expect(await found('&filter.amount.from=9.5&filter.amount.to=100')).toEqual(['a', 'b'])
    expect((await values.admin.get('/api/records/price?filter.amount.from=ten')).status).toBe(400)
  })

  it('includes both limits, by the equivalent as people see it', async () => {
    await values.make('rate', { currency: 'USD', since: '2026-03-02', value: '3.751' })
    expect(await found('&filter.amount.from=37.51&filter.amount.to=37.51')).toEqual(['c'])
    expect(await found('&filter.amount.from=37.52')).toEqual(['b'])
    expect(await found('&filter.amount.to=37.50')).toEqual(['a'])
    expect(await found('&filter.amount.to=37.51')).toEqual(['a', 'c'])
  })

  it('is that of a plain conversion, for any amounts and limits', async () => {
    const cents = fc.integer({ min: 1, max: 2_000_000 })
    const price = fc.record({ currency: fc.constantFrom('PEN', 'USD'), cents })
    const write = (value: number): string => (value / 100).toFixed(2)
    const list = fc.array(price, { minLength: 1, maxLength: 8 })
    const { ctx } = values.product
    await fc.assert(
      fc.asyncProperty(list, cents, fc.nat(3_000_000), async (prices, from, width) => {
        await ctx.db.records('price').deleteMany({})
        for (const [index, one] of prices.entries())
          await values.make('price', { name: `p${index}`, currency: one.currency, amount: write(one.cents) })
        const to = from + width
        const expected = prices.flatMap((one, index) => {
          // Half-up to the cent, in whole numbers.
          const soles = one.currency === 'PEN' ? one.cents : Math.floor((one.cents * 3751 * 2 + 1000) / 2000)
          return soles >= from && soles <= to ? [`p${index}`] : []
        })
        expect(await found(`&filter.amount.from=${write(from)}&filter.amount.to=${write(to)}`)).toEqual(expected.sort())
      }),
      { numRuns: 15 },
    )
  })
})
