import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { atRevision, customerData, startRental, type Rental } from './rentalProduct.ts'

/** Numbers and names of records: given, previewed, corrected, never repeated. */
describe('codes', () => {
  let rental: Rental
  beforeAll(async () => {
    rental = await startRental()
  }, 60_000)
  afterAll(() => (rental as Rental | undefined)?.product.stop())

  const make = async (data: object) => (await rental.owner.post('/api/records/machine', { data })).body
  const preview = async (data: object) =>
    (await rental.owner.post('/api/entities/machine/code', { data })).body.code as string | null
  const setPattern = async (pattern: string) => {
    const tabs = (await rental.owner.get('/api/settings')).body as { tab: string; revision: number }[]
    const { revision } = tabs.find(({ tab }) => tab === 'codes')!
    return rental.owner.put('/api/settings/rental/codes', { data: { machine: pattern } }, atRevision(revision))
  }

  it('tells the next code without taking it, once what it is made of is chosen', async () => {
    expect(await preview({ name: 'x' })).toBeNull()
    expect(await preview({ kind: 'lift' })).toBe('LI001')
    expect(await preview({ kind: 'lift' })).toBe('LI001')
    expect((await make({ kind: 'lift', name: 'One' })).data.code).toBe('LI001')
    expect(await preview({ kind: 'lift' })).toBe('LI002')
    expect(await preview({ kind: 'pump' })).toBe('PU001')
    const { status } = await rental.clerk.post('/api/entities/tool/code', { data: {} })
    expect(status).toBe(403)
  })

  it('counts on under a pattern changed later; old codes stay', async () => {
    const first = await make({ kind: 'pump', name: 'Old' })
    expect((await setPattern('{kind.abbreviation}-{seq:2}')).status).toBe(200)
    const second = await make({ kind: 'pump', name: 'New' })
    expect(second.data.code).toBe('PU-01')
    const path = `/api/records/machine/${first.id}`
    const edited = await rental.owner.patch(path, { data: { name: 'Older' } }, atRevision(1))
    expect(edited.body.data.code).toBe(first.data.code)
    await setPattern('{kind.abbreviation}{seq:3}')
    expect((await make({ kind: 'pump', name: 'Newer' })).data.code).toBe('PU002')
  })

  it('corrects what a code is made of, with a reason: a new code, and the old one still finds the record', async () => {
    const { owner, clerk } = rental
    const customer = (await owner.post('/api/records/customer', { data: customerData() })).body
    const path = `/api/records/customer/${customer.id}`
    // Fixed: an edit leaves it as it is.
    const edited = await owner.patch(path, { data: { centre: 'B', name: 'Renamed' } }, atRevision(1))
    expect(edited.body.data).toMatchObject({ centre: 'A', name: 'Renamed' })
    const body = { data: { centre: 'B' }, reason: 'Typing error' }
    expect((await clerk.post(`${path}/correct`, body, atRevision(2))).status).toBe(403)
    expect((await owner.post(`${path}/correct`, { data: { centre: 'B' } }, atRevision(2))).status).toBe(400)
    expect((await owner.post(`${path}/correct`, body)).status).toBe(428)
    const wrong = await owner.post(`${path}/correct`, { data: { name: 'X' }, reason: 'x' }, atRevision(2))
    expect(wrong.body.issues).toMatchObject([{ path: 'name', rule: 'fixed' }])
    const form = await owner.get(`${path}/correction`)
    expect(Object.keys(form.body.form.schema.properties)).toEqual(['taxId', 'centre'])
    const corrected = await owner.post(`${path}/correct`, body, atRevision(2))
    expect(corrected.body.data.code).toBe(`${customer.data.taxId}-B`)
    for (const query of [
      `q=${customer.data.code}`,
      `filter.code=${customer.data.code}`,
      `q=${corrected.body.data.code}`,
    ]) {
      const found = await owner.get(`/api/records/customer?${query}`)
      expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([customer.id])
    }
    const history = (await owner.get(`${path}/history`)).body.items[0]
    expect(history).toMatchObject({ text: 'Corrigió Centre: Typing error', who: 'Olga Owner' })
    expect(history.changes).toContainEqual(expect.objectContaining({ field: 'centre', before: 'A', after: 'B' }))
  })

  it('never repeats a number, leaves no gap, grows beyond its width, and finds every record by every code it had', async () => {
    await setPattern('{kind.abbreviation}{seq:1}')
    const kinds = ['lift', 'pump'] as const
    const step = fc.oneof(
      fc.record({ do: fc.constant('make' as const), kind: fc.constantFrom(...kinds) }),
      fc.record({ do: fc.constant('correct' as const), at: fc.nat(), kind: fc.constantFrom(...kinds) }),
      fc.record({ do: fc.constant('refuse' as const), kind: fc.constantFrom(...kinds) }),
      fc.record({ do: fc.constant('delete' as const), at: fc.nat() }),
    )
    const { owner } = rental
    const codesOf = new Map<string, string[]>()
    const revisions = new Map<string, number>()
    const given: string[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 16, maxLength: 24 }), async (steps) => {
        for (const one of steps) {
          const ids = [...codesOf.keys()]
          if (one.do === 'make') {
            const { id, data } = await make({ kind: one.kind, name: 'Any' })
            given.push(data.code)
            codesOf.set(id, [data.code])
            revisions.set(id, 1)
          } else if (one.do === 'refuse') {
            const { status } = await owner.post('/api/records/machine', { data: { kind: one.kind } })
            expect(status).toBe(422)
          } else if (ids.length > 0) {
            const id = ids[one.at % ids.length]!
            const path = `/api/records/machine/${id}`
            if (one.do === 'delete') {
              expect((await owner.delete(path, {}, atRevision(revisions.get(id)!))).status).toBe(204)
              codesOf.delete(id)
            } else {
              const body = { data: { kind: one.kind }, reason: 'Wrong kind' }
              const answer = await owner.post(`${path}/correct`, body, atRevision(revisions.get(id)!))
              expect(answer.status).toBe(200)
              const code = answer.body.data.code as string
              revisions.set(id, answer.body.revision)
              const own = codesOf.get(id)!
              if (!own.includes(code)) {
                given.push(code)
                codesOf.set(id, [...own, code])
              }
            }
          }
        }
      }),
      { numRuns: 6 },
    )
    expect(new Set(given).size).toBe(given.length)
    for (const prefix of ['LI', 'PU']) {
      const numbers = given.filter((code) => code.startsWith(prefix)).map((code) => Number(code.slice(2)))
      numbers.sort((a, b) => a - b)
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
    }
    expect(given.some((code) => code.length > 3)).toBe(true)
    for (const [id, codes] of codesOf) {
      for (const code of codes) {
        const found = await owner.get(`/api/records/machine?size=200&filter.code=${code}`)
        expect(found.body.items.map((item: { id: string }) => item.id)).toContain(id)
      }
    }
  }, 60_000)
})
