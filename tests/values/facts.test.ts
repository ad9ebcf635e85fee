import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compileRule, type JsonObject } from '#forms'
import { loadFacts } from '../../engine/records/environment/loadFacts.ts'
import { packsOf } from '../../engine/packs/index.ts'
import { issuesOf, Values } from './valuesProduct.ts'

/** What rules may know besides the record (`x-facts`): on the server, in the page, and never more than is named. */
describe('facts', () => {
  let values: Values
  let site: string
  beforeAll(async () => {
    values = await Values.start()
    const owner = await values.make('owner', { name: 'Acme', center: 'A1' })
    site = await values.make('site', { name: 'Lima', owner })
    await values.make('device', { name: 'Drill', kind: 'tool', serial: 'S1', site, cost: '9.50', units: 2 })
    await values.make('device', { name: 'Press', kind: 'machine', serial: 'S2', site, cost: '100.25', units: 3 })
  })
  afterAll(() => values.stop())

  it('count and add up other records, and follow what is typed', async () => {
    expect(await values.facts('device', { site })).toMatchObject({ siblings: 2, spent: '109.75' })
    expect(await values.facts('device', {})).toMatchObject({ siblings: 0, spent: '0' })
  })

  it('decide when a record is saved, whoever sees the other record', async () => {
    const answer = await values.clerk.post('/api/records/device', { data: { name: 'X', kind: 'tool', serial: 'S2' } })
    expect({ status: answer.status, issues: issuesOf(answer) }).toEqual({
      status: 422,
      issues: [['serial', 'Another device has this serial']],
    })
    const [press] = (await values.admin.get('/api/records/device?filter.kind=machine')).body.items as { id: string }[]
    expect((await values.change('device', press?.id ?? '', { serial: 'S2', units: 4 })).status).toBe(200)
  })

  it('an empty input meets nothing, although other records are empty there too', async () => {
    await values.make('device', { name: 'No serial' })
    expect(await values.facts('device', { name: 'Other' })).toMatchObject({ taken: false })
  })

  it('only those that an expression names reach the page, and of a row only the fields it reads', async () => {
    const { environment } = (await values.admin.get('/api/entities/device')).body as {
      environment: { facts: JsonObject; ask: { fields: string[] } }
    }
    expect(Object.keys(environment.facts).sort()).toEqual(['dollar', 'siblings', 'spent', 'taken'])
    expect(environment.facts.dollar).toBeNull()
    expect(environment.ask.fields.sort()).toEqual(['bought', 'serial', 'site'])
  })

  it('are not for who could not save: 403, and 404 for a record he does not see', async () => {
    const ask = (id?: string) => values.clerk.post('/api/records/device/facts', { ...(id ? { id } : {}), data: {} })
    expect((await ask()).status).toBe(200)
    expect((await values.reader.post('/api/records/device/facts', { data: {} })).status).toBe(403)
    const [press] = (await values.admin.get('/api/records/device?filter.kind=machine')).body.items as { id: string }[]
    expect((await ask(press?.id)).status).toBe(404)
    expect((await values.clerk.post('/api/records/nothing/facts', { data: {} })).status).toBe(404)
  })

  it('are equal to a plain count over random records, under random rules', async () => {
    const { ctx } = values.product
    const [installed] = await packsOf(ctx).all(ctx)
    if (!installed) throw new Error('no pack')
    const records = ctx.db.records('device')
    const word = fc.constantFrom('a', 'b', 'c')
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
    const device = fc.record({
      name: word,
      kind: maybe(fc.constantFrom('tool', 'machine')),
      serial: maybe(word),
      bought: maybe(fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01')),
      cost: maybe(fc.constantFrom('9.00', '10.00', '100.50', '0.07')),
      units: maybe(fc.integer({ min: 0, max: 5 })),
    })
    const test = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('name', 'kind', 'serial'),
          fc.constantFrom('=', '!='),
          fc.constantFrom('"a"', 'value.serial', 'null'),
        )
        .map(([field, op, other]) => `option.${field} ${op} ${other}`),
      fc.constantFrom('option.units > 2', 'option.bought <= today() - duration("P20D")', 'option.kind in ["tool"]'),
    )
    const rule = fc.tuple(test, fc.constantFrom('and', 'or'), test).map(([a, op, b]) => `(${a}) ${op} not(${b})`)
    await fc.assert(
      fc.asyncProperty(fc.array(device, { maxLength: 12 }), rule, maybe(word), async (rows, where, serial) => {
        await records.deleteMany({})
        const now = new Date('2026-03-02T17:00:00Z')
        const docs = rows.map((data, index) => ({
          ...{ _id: `r${index}`, revision: 1, data, label: '', search: '', aliases: [] },
          ...{ pack: { name: 'values', number: 1 }, createdAt: now, createdBy: null, updatedAt: now },
          ...{ updatedBy: null, deletedAt: index % 5 === 4 ? now : null },
        }))
        await records.insertMany(docs)
        const value: JsonObject = { serial }
        const isWanting = serial === null && / = value\.serial/.test(where)
        const met = docs.filter(
          ({ _id, data, deletedAt }) =>
            deletedAt === null &&
            !isWanting &&
            compileRule(where).test({ ...data, id: _id }, { value, now, timeZone: 'America/Lima' }),
        )
        const costs = met.flatMap(({ data }) => (data.cost === null ? [] : [Number(data.cost)]))
        const facts = {
          n: { count: 'device', where },
          any: { exists: 'device', where },
          units: { sum: { entity: 'device', field: 'units' }, where },
          spent: { sum: { entity: 'device', field: 'cost' }, where },
          least: { min: { entity: 'device', field: 'cost' }, where },
          most: { max: { entity: 'device', field: 'cost' }, where },
          one: { one: 'device', where },
        }
        const entities = {
          ...installed.pack.entities,
          device: { ...installed.pack.entities.device!, 'x-facts': facts },
        }
        const loaded = await loadFacts(ctx, ctx.db, {
          installed: { ...installed, pack: { ...installed.pack, entities } },
          ...{ entity: 'device', names: Object.keys(facts), record: null, value },
        })
        expect(loaded).toMatchObject({
          n: met.length,
          any: met.length > 0,
          units: met.reduce((total, { data }) => total + (data.units ?? 0), 0),
          one: met.length === 1 ? { id: met[0]?._id } : null,
        })
        expect(Number(loaded.spent)).toBeCloseTo(
          costs.reduce((total, cost) => total + cost, 0),
          6,
        )
        expect([loaded.least, loaded.most].map((text) => (text === null ? null : Number(text)))).toEqual(
          costs.length > 0 ? [Math.min(...costs), Math.max(...costs)] : [null, null],
        )
      }),
      { numRuns: 60 },
    )
  })
})
