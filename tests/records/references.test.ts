import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { atRevision, customerData, startRental, type Rental } from './rentalProduct.ts'

/** What may be chosen, what is offered first, and what stays although it could not be chosen any more. */
describe('references and catalogue keys', () => {
  let rental: Rental
  let mine: string
  let other: string
  const branches: Record<string, string> = {}
  const make = async (entity: string, data: object): Promise<{ id: string }> => {
    const answer = await rental.owner.post(`/api/records/${entity}`, { data, warned: true })
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 201, issues: undefined })
    return answer.body
  }
  beforeAll(async () => {
    rental = await startRental()
    mine = (await make('customer', customerData())).id
    other = (await make('customer', customerData())).id
    for (const [name, customer, emergency] of [
      ['Alpha', mine, false],
      ['Beta', mine, true],
      ['Gamma', mine, false],
      ['Delta', mine, true],
      ['Omega', other, true],
    ] as const)
      branches[name] = (await make('branch', { name, customer, emergency })).id
  }, 60_000)
  afterAll(() => (rental as Rental | undefined)?.product.stop())

  const offered = async (query: string, as = rental.clerk) => {
    const answer = await as.get(`/api/records/branch?${query}`)
    return answer.status === 200
      ? (answer.body.items.map(({ label }: { label: string }) => label) as string[])
      : answer.status
  }
  const choice = (value: object) => `for=machine.branch&with=${encodeURIComponent(JSON.stringify(value))}`

  it('offers what the field takes, the preferred first, page by page', async () => {
    expect(await offered(choice({ customer: mine }))).toEqual(['Beta', 'Delta', 'Alpha', 'Gamma'])
    expect(await offered(`${choice({ customer: mine })}&size=3&page=1`)).toEqual(['Beta', 'Delta', 'Alpha'])
    expect(await offered(`${choice({ customer: mine })}&size=3&page=2`)).toEqual(['Gamma'])
    expect(await offered(`${choice({ customer: mine })}&q=amm`)).toEqual(['Gamma'])
    expect(await offered(choice({ customer: other }))).toEqual(['Omega'])
    expect(await offered('size=100')).toHaveLength(5)
  })

  it('answers no other rules than those of a field of this list, to people with its form', async () => {
    expect(await offered('for=machine.name')).toBe(400)
    expect(await offered('for=machine.customer')).toBe(400)
    expect(await offered('for=nothing.branch')).toBe(404)
    expect(await offered('for=machine.branch&with=[1]')).toBe(400)
    // The guest does not see tools at all: nothing is told about their fields.
    expect(await offered('for=tool.owner', rental.guest)).toBe(404)
  })

  it('refuses on the server what the field does not take, also when what it depends on changes', async () => {
    const { owner } = rental
    const wrong = await owner.post('/api/records/machine', {
      data: { kind: 'lift', name: 'L', customer: other, branch: branches.Alpha },
    })
    expect(wrong.body.issues).toMatchObject([{ path: 'branch', rule: 'reference-where' }])
    const machine = await make('machine', { kind: 'lift', name: 'L', customer: mine, branch: branches.Alpha })
    const path = `/api/records/machine/${machine.id}`
    const moved = await owner.patch(path, { data: { customer: other } }, atRevision(1))
    expect(moved.body.issues).toMatchObject([{ path: 'branch', rule: 'reference-where' }])
    const both = await owner.patch(path, { data: { customer: other, branch: branches.Omega } }, atRevision(1))
    expect(both.status).toBe(200)
  })

  it('looks into lists and sub-lists too, and leaves what is held as it is', async () => {
    const { owner } = rental
    const machine = await make('machine', {
      kind: 'pump',
      name: 'P',
      backups: [branches.Gamma],
      parts: [{ name: 'W' }],
    })
    const path = `/api/records/machine/${machine.id}`
    const closed = await owner.post(`/api/records/branch/${branches.Gamma}/inactivate`, { reason: 'x' }, atRevision(1))
    expect(closed.status).toBe(200)
    const parts = [{ name: 'W', store: branches.Gamma }]
    const refused = await owner.patch(path, { data: { parts } }, atRevision(1))
    // The record holds Gamma already, in another place.
    expect(refused.status).toBe(200)
    const again = await owner.post('/api/records/machine', { data: { kind: 'pump', name: 'Q', parts } })
    expect(again.body.issues).toMatchObject([{ path: 'parts.0.store', message: '«Gamma» está inactivo. Elija otro.' }])
    const unknown = { data: { kind: 'pump', name: 'Q', backups: ['nothing'] } }
    expect((await owner.post('/api/records/machine', unknown)).body.issues).toMatchObject([{ path: 'backups.0' }])
  })

  it('refuses a withdrawn catalogue value as a new choice, and keys outside of what they lie in', async () => {
    const { owner } = rental
    const withdrawn = await owner.post('/api/records/machine', { data: { kind: 'crane', name: 'C' } })
    expect(withdrawn.body.issues).toMatchObject([{ path: 'kind', rule: 'catalog' }])
    const base = { name: 'Where', customer: mine }
    const right = { ...base, regions: ['west', 'south'], cities: ['lima', 'cusco'] }
    expect((await owner.post('/api/records/branch', { data: right })).status).toBe(201)
    const wrong = { ...base, name: 'Else', regions: ['west', 'south'], cities: ['lima', 'tacna'] }
    const refused = await owner.post('/api/records/branch', { data: wrong })
    expect(refused.body.issues).toMatchObject([{ path: 'cities.1', rule: 'catalog-parent' }])
  })

  it('lets a protected row of a sub-list be changed, not removed', async () => {
    const { owner } = rental
    const parts = [{ name: 'Wheel', signed: true }, { name: 'Belt' }]
    const machine = await make('machine', { kind: 'lift', name: 'Rows', parts })
    const path = `/api/records/machine/${machine.id}`
    const refused = await owner.patch(path, { data: { parts: [{ name: 'Belt' }] } }, atRevision(1))
    expect(refused.body.issues).toMatchObject([{ path: 'parts', rule: 'removeWhen' }])
    expect(refused.body.issues[0].message).toContain('«Wheel»')
    const kept = [{ name: 'Wheel', signed: true, inactive: true }]
    expect((await owner.patch(path, { data: { parts: kept } }, atRevision(1))).status).toBe(200)
  })

  it('loads seeds without all that is mandatory, marks them, and asks for it on the first edit', async () => {
    const { owner } = rental
    const list = (await owner.get('/api/records/tool?status=incomplete')).body
    expect(list.items).toMatchObject([
      { label: 'Ladder', incomplete: true },
      { label: 'Rope', incomplete: true },
    ])
    const path = `/api/records/tool/${list.items[0].id}`
    const refused = await owner.patch(path, { data: { name: 'Long ladder' } }, atRevision(1))
    expect(refused.body.issues).toMatchObject([{ path: 'bought', rule: 'required' }])
    const done = await owner.patch(path, { data: { bought: '2026-02-03' } }, atRevision(1))
    expect(done.body).toMatchObject({ incomplete: false })
    expect((await owner.get('/api/records/tool?status=incomplete')).body.items).toHaveLength(1)
  })
})
