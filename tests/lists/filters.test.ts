import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { resolve } from 'node:path'
import type { JsonObject } from '#forms'
import { actorOf } from '../../engine/access/index.ts'
import { as, type Ctx } from '../../engine/context.ts'
import type { Running } from '../../engine/main.ts'
import { entityOf, listKeysOf } from '../../engine/packs/index.ts'
import { findRecords } from '../../engine/records/index.ts'
import { startProduct } from '../http/harness.ts'
import { plainList, type PlainQuery, type PlainRecord } from './plainModel.ts'

/** Enough that the store chooses between indexes by what they hold, and few enough to look at each in the test. */
const RECORDS = 2600
const RUNS = Number(process.env.CAUCE_ROUNDS ?? 150)

let product: Running
let owner: Ctx
let records: PlainRecord[]

beforeAll(async () => {
  product = await startProduct({ packs: ['depot'], packsDir: resolve(import.meta.dirname, 'packs') })
  const user = await product.ctx.db.users.findOne({ email: 'owner@depot.example' })
  owner = as(product.ctx, actorOf(user!, null, null))
  records = fc.sample(gear, { numRuns: RECORDS, seed: 7 }).map((data, index) => ({
    _id: ((index * 7919) % RECORDS).toString(16).padStart(24, '0'),
    data: { ...data, code: `${data.category}-${String(index).padStart(6, '0')}` },
  }))
  const { definition } = await entityOf(owner, 'gear')
  const at = owner.clock.now()
  await owner.db.records('gear').insertMany(
    records.map(({ _id, data }) => ({
      ...{ _id, revision: 1, label: String(data.code), aliases: [], data, ...listKeysOf(definition, data) },
      ...{ pack: { name: 'depot', number: 1 }, createdAt: at, createdBy: null, updatedAt: at, updatedBy: null },
      deletedAt: null,
    })),
  )
}, 120_000)
afterAll(() => (product as Running | undefined)?.stop())

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 6 })
const words = [
  'Bomba',
  'centrífuga',
  'BÓMBILLA',
  'ñandú',
  'de',
  'x',
  'auxiliar-2',
  'trifásico',
  'interruptor-termomagnético',
  'a.b',
  '100%',
]
const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((list) => list.join(' '))
const category = fc.constantFrom('AC', 'AS', 'BO', 'HV')
const department = fc.constantFrom('LIM', 'CUS', 'PIU', 'TAC', 'ICA')
const decimal = fc.integer({ min: 0, max: 200_000 }).map((cents) => (cents / 100).toFixed(2))
const day = fc.constantFrom('2024-01-01', '2024-02-29', '2024-12-31', '2025-01-01', '2025-07-15')

const gear: fc.Arbitrary<JsonObject & { category: string }> = fc.record({
  description: phrase,
  kind: maybe(fc.constantFrom('Major', 'Minor')),
  brand: maybe(fc.constantFrom('Grundfos', 'Schneider Électric', 'ABB')),
  model: maybe(phrase),
  serial: maybe(fc.stringMatching(/^[A-Z0-9]{4,14}$/)),
  category,
  department: maybe(department),
  centre: maybe(fc.constantFrom('CC1', 'CC10', 'Álmacén 3')),
  tag: maybe(fc.stringMatching(/^QR[0-9]{3}$/)),
  price: maybe(decimal),
  bought: maybe(day),
  uses: maybe(fc.integer({ min: 0, max: 20 })),
  spare: maybe(fc.boolean()),
  marks: fc.subarray(['loud', 'hot', 'wet']),
})

const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    'omb',
    'BOMB',
    'nandu',
    'centrifuga de',
    'fos',
    'e',
    'de',
    '0',
    'cc1',
    'zzz',
    'termomagnético',
    'r-termo',
    '.b',
    '(',
    'QR1',
    'ac-0000',
    'AC',
    '%',
  ),
)
const values = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.uniqueArray(one, { minLength: 1, maxLength: 3 })
const filters: fc.Arbitrary<Record<string, string[]>> = fc.record(
  {
    ...{ category: values(category), department: values(department), kind: values(fc.constantFrom('Major', 'Minor')) },
    ...{ brand: values(piece), description: values(piece), model: values(piece), serial: values(piece) },
    ...{
      centre: values(piece),
      tag: values(piece),
      code: values(fc.constantFrom('AC', 'as-00', 'BO-000002', '0002', '-00', 'x')),
    },
    ...{ price: values(decimal), uses: values(fc.integer({ min: 0, max: 20 }).map(String)) },
    ...{ spare: values(fc.constantFrom('true', 'false')), marks: values(fc.constantFrom('loud', 'hot')) },
    ...{ 'brand.empty': values(fc.constant('true')), 'marks.empty': values(fc.constantFrom('true')) },
    ...{ 'price.empty': values(fc.constant('false')) },
  },
  { requiredKeys: [] },
)
const few = filters.chain((all) =>
  fc.subarray(Object.entries(all), { maxLength: 4 }).map((some) => Object.fromEntries(some)),
)
const bounds = <T>(one: fc.Arbitrary<T>) =>
  fc.record({ from: one, to: one }, { requiredKeys: [] }).filter((range) => Object.keys(range).length > 0)
const ranges = fc.record(
  {
    price: bounds(decimal),
    bought: bounds(fc.constantFrom('2024', '2024-02', '2025-01-01')),
    uses: bounds(fc.constantFrom('3', '9')),
  },
  { requiredKeys: [] },
)
const order = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('code', 'description', 'brand', 'price', 'bought', 'category', 'uses', 'spare'),
  )
  .map(([way, name]) => way + name)
const query: fc.Arbitrary<PlainQuery & { page: number }> = fc.record({
  q: fc.oneof(
    fc.constant(''),
    piece,
    fc.tuple(piece, piece).map((both) => both.join(' ')),
  ),
  filters: few,
  ranges: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: ranges }),
  sort: order,
  page: fc.constantFrom(1, 1, 2, 5),
})

describe('any filters, orders and pages of a list', () => {
  it('find what looking at every record finds, in the same order and number', async () => {
    await fc.assert(
      fc.asyncProperty(query, async ({ page, ...asked }) => {
        const expected = plainList(records, asked)
        const list = await findRecords(owner, { entity: 'gear', ...asked, page, size: 25 })
        expect({ total: list.total, ids: list.items.map(({ id }) => id) }).toEqual({
          total: expected.length,
          ids: expected.slice((page - 1) * 25, page * 25),
        })
      }),
      { numRuns: RUNS },
    )
  }, 300_000)
})
