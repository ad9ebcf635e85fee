import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { issuesOf, Values } from './valuesProduct.ts'

/** Records that are a timeline (`x-effective`): one per day, the past closed, the state by the date. */
describe('values in time', () => {
  let values: Values
  beforeAll(async () => {
    values = await Values.start()
  })
  afterAll(() => values.stop())
  const at = (day: string): void => values.product.clock?.freeze(new Date(`${day}T17:00:00Z`))
  const rate = (currency: string, since: string, value = '3.800') => ({ currency, since, value })
  const states = async (query = ''): Promise<[unknown, unknown][]> => {
    const { items } = (await values.admin.get(`/api/records/rate?size=100&sort=since${query}`)).body as {
      items: { data: Record<string, unknown> }[]
    }
    return items.map(({ data }) => [data.since, data.state])
  }

  it('follow by date: planned, active, past; each timeline for itself', async () => {
    at('2026-03-02')
    await values.make('rate', rate('USD', '2026-03-02', '3.800'))
    await values.make('rate', rate('USD', '2026-04-01', '3.900'))
    await values.make('rate', rate('EUR', '2026-03-10', '4.100'))
    expect(await states('&filter.currency=USD')).toEqual([
      ['2026-03-02', 'Active'],
      ['2026-04-01', 'Planned'],
    ])
    expect(await states('&filter.state=Planned')).toEqual([
      ['2026-03-10', 'Planned'],
      ['2026-04-01', 'Planned'],
    ])
    at('2026-04-01')
    expect(await states('&filter.currency=USD')).toEqual([
      ['2026-03-02', 'Past'],
      ['2026-04-01', 'Active'],
    ])
    expect(await states('&filter.state=Active')).toEqual([
      ['2026-03-10', 'Active'],
      ['2026-04-01', 'Active'],
    ])
    const csv = (await values.admin.get('/api/records/rate/export?format=csv&filter.state=Past')).body as Buffer
    expect(csv.toString()).toContain('Past')
    expect(csv.toString()).not.toContain('Active')
  })

  it('a fact reads the one in force on a day', async () => {
    expect(await values.facts('device', { bought: '2026-03-31' })).toMatchObject({ dollar: { value: '3.800' } })
    expect(await values.facts('device', { bought: '2026-04-01' })).toMatchObject({ dollar: { value: '3.900' } })
    expect(await values.facts('device', { bought: '2026-03-01' })).toMatchObject({ dollar: null })
  })

  it('what has begun is not changed, nor does anything begin in the past', async () => {
    const [row] = (await values.admin.get('/api/records/rate?filter.state=Active&filter.currency=USD')).body.items as {
      id: string
      permissions: { edit: boolean }
    }[]
    expect(row?.permissions.edit).toBe(false)
    const changed = await values.change('rate', row?.id ?? '', { value: '9.000' })
    expect(issuesOf(changed)).toEqual([['', expect.stringContaining('Ya rige')]])
    const late = await values.admin.post('/api/records/rate', { data: rate('USD', '2026-03-31') })
    expect(issuesOf(late)).toEqual([['since', 'La fecha no puede ser anterior a hoy.']])
    const twice = await values.admin.post('/api/records/rate', { data: rate('USD', '2026-04-01') })
    expect(issuesOf(twice).map(([path]) => path)).toEqual(['since'])
  })

  it('what is planned is called off with a reason, stays in the list, and frees its day', async () => {
    const id = await values.make('rate', rate('USD', '2026-05-01', '5.000'))
    const call = (who = values.admin, reason = 'A mistake') =>
      who.post(`/api/records/rate/${id}/actions/cancel`, { reason })
    const page = (await values.admin.get(`/api/records/rate/${id}`)).body as { actions: { key: string }[] }
    expect(page.actions).toMatchObject([
      { key: 'cancel', title: 'Call off', reason: true, confirm: 'It will never count.' },
    ])
    expect((await values.admin.get('/api/records/rate?filter.state=Active')).body.items).toHaveLength(2)
    expect((await call(values.clerk)).status).toBe(403)
    expect((await call(values.admin, ' ')).status).toBe(422)
    expect((await call()).status).toBe(200)
    expect((await call()).status).toBe(409)
    expect(await states('&filter.state=Called off')).toEqual([['2026-05-01', 'Called off']])
    const again = await values.make('rate', rate('USD', '2026-05-01', '4.000'))
    expect(await values.read('rate', again)).toMatchObject({ state: 'Planned' })
    const [audited] = await values.product.ctx.db.audit.find({ action: 'record.cancelled', record: id })
    expect(audited).toMatchObject({ actorName: 'Ana', details: { reason: 'A mistake' } })
    const history = (await values.admin.get(`/api/records/rate/${id}/history`)).body as { items: { text: string }[] }
    expect(history.items[0]?.text).toBe('Call off: A mistake')
    const active = (await values.admin.get('/api/records/rate?filter.state=Active&filter.currency=USD')).body.items as {
      id: string
    }[]
    expect((await values.admin.post(`/api/records/rate/${active[0]?.id}/actions/cancel`, { reason: 'x' })).status).toBe(
      409,
    )
  })

  it('moving what is planned moves it on its timeline too', async () => {
    const [row] = (await values.admin.get('/api/records/rate?filter.state=Planned&filter.currency=USD')).body.items as {
      id: string
    }[]
    expect((await values.change('rate', row?.id ?? '', { since: '2026-06-01' })).status).toBe(200)
    at('2026-05-15')
    expect((await states('&filter.currency=USD&filter.state=Active')).map(([since]) => since)).toEqual(['2026-04-01'])
    at('2026-06-01')
    expect((await states('&filter.currency=USD&filter.state=Active')).map(([since]) => since)).toEqual(['2026-06-01'])
  })

  it('the state by date is that of a plain walk over the days, whatever the order of writing', async () => {
    const { ctx } = values.product
    const day = (n: number): string => new Date(Date.UTC(2027, 0, n)).toISOString().slice(0, 10)
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 20 }), fc.nat(), async (days, today, drop) => {
        at('2026-12-01')
        await ctx.db.records('rate').deleteMany({})
        const ids: string[] = []
        for (const n of days) ids.push(await values.make('rate', rate('USD', day(n))))
        const dropped = drop % (days.length + 1)
        if (dropped < days.length)
          await values.admin.post(`/api/records/rate/${ids[dropped]}/actions/cancel`, { reason: 'x' })
        at(day(today))
        const counted = days.filter((_, index) => index !== dropped)
        const current = Math.max(...counted.filter((n) => n <= today))
        const expected = days.map((n, index): [string, string] => [
          day(n),
          index === dropped ? 'Called off' : n > today ? 'Planned' : n === current ? 'Active' : 'Past',
        ])
        expect(await states()).toEqual(expected.sort(([a], [b]) => (a < b ? -1 : 1)))
        for (const word of ['Planned', 'Active', 'Past', 'Called off'])
          expect(await states(`&filter.state=${word}`)).toEqual(expected.filter(([, state]) => state === word))
      }),
      { numRuns: 12 },
    )
  })
})
