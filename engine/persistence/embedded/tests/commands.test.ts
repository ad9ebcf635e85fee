import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { wholeNumber } from '../bson/numbers.ts'
import { DateValue, Decimal128, doc, emptyDoc, int32, Int32, type Doc, type Value } from '../bson/values.ts'
import { showValue } from '../catalogue/showValue.ts'
import { TestEngine } from './testEngine.ts'

let engine: TestEngine
let number = 0

beforeAll(() => {
  engine = new TestEngine()
})

afterAll(() => engine.close())

const fresh = async (...documents: Doc[]): Promise<string> => {
  const name = `c${number++}`
  if (documents.length > 0)
    await engine.run({
      insert: name,
      documents: documents.map((document, index) => new Map<string, Value>([['_id', int32(index)], ...document])),
    })
  return name
}
const codeOf = (reply: Doc): number | undefined =>
  wholeNumber(reply.get('code') ?? (reply.get('writeErrors') as Doc[] | undefined)?.[0]?.get('code'))
const shown = (documents: Doc[]): string[] => documents.map(showValue)

async function updated(
  before: Doc,
  u: Value,
  extra: Record<string, Value> = {},
  q: Doc = new Map(),
): Promise<string | number> {
  const name = await fresh(before)
  const reply = await engine.run({ update: name, updates: [doc({ q, u, ...extra })] })
  if (codeOf(reply) !== undefined) return codeOf(reply)!
  const [after] = await engine.find(name, new Map(), { projection: doc({ _id: int32(0) }) })
  return showValue(after!)
}

const ints = (...values: number[]): Value[] => values.map((value) => new Int32(value))

describe('updates', () => {
  it('keep the type of numbers', async () => {
    expect(await updated(doc({ a: 1n, b: 1.0 }), doc({ $set: doc({ c: int32(1) }) }))).toBe('{ a: 1, b: 1.0, c: 1 }')
    const name = await fresh(doc({ i: int32(2147483647), l: 1n, d: 0.5, m: Decimal128.fromString('1.10') }))
    await engine.run({
      update: name,
      updates: [
        doc({
          q: new Map(),
          u: doc({ $inc: doc({ i: int32(1), l: int32(1), d: int32(1), m: Decimal128.fromString('0.90') }) }),
        }),
      ],
    })
    const [after] = await engine.find(name, new Map())
    expect([after!.get('i'), after!.get('l'), after!.get('d'), String(after!.get('m'))]).toEqual([
      2147483648n,
      2n,
      1.5,
      '2.00',
    ])
  })

  it('fail loudly where a field is of the wrong type', async () => {
    expect(await updated(doc({ a: 'x' }), doc({ $inc: doc({ a: int32(1) }) }))).toBe(14)
    expect(await updated(doc({ a: 'x' }), doc({ $push: doc({ a: int32(1) }) }))).toBe(2)
    expect(await updated(doc({ a: 'x' }), doc({ $set: doc({ 'a.b': int32(1) }) }))).toBe(28)
    expect(await updated(doc({ a: int32(1) }), doc({ $set: doc({ a: int32(1), 'a.b': int32(1) }) }))).toBe(40)
    expect(await updated(doc({}), doc({ $set: doc({ _id: int32(99) }) }))).toBe(66)
    expect(await updated(doc({}), doc({ $frobnicate: doc({ a: int32(1) }) }))).toBe(9)
  })

  it('know the positional operators', async () => {
    expect(
      await updated(
        doc({ a: ints(1, 5, 9) }),
        doc({ $set: doc({ 'a.$': int32(0) }) }),
        {},
        doc({ a: doc({ $gt: int32(4) }) }),
      ),
    ).toBe('{ a: [ 1, 0, 9 ] }')
    expect(await updated(doc({ a: ints(1, 5) }), doc({ $inc: doc({ 'a.$[]': int32(1) }) }))).toBe('{ a: [ 2, 6 ] }')
    expect(
      await updated(doc({ a: ints(1, 5, 9) }), doc({ $set: doc({ 'a.$[big]': int32(0) }) }), {
        arrayFilters: [doc({ big: doc({ $gte: int32(5) }) })],
      }),
    ).toBe('{ a: [ 1, 0, 0 ] }')
    expect(await updated(doc({ a: ints(1) }), doc({ $set: doc({ 'a.$[x]': int32(0) }) }))).toBe(2)
    const inner = doc({ b: [doc({ c: int32(1) }), doc({ c: int32(2) })] })
    expect(
      await updated(doc({ a: [inner] }), doc({ $set: doc({ 'a.$[].b.$[x].c': int32(7) }) }), {
        arrayFilters: [doc({ 'x.c': int32(2) })],
      }),
    ).toBe('{ a: [ { b: [ { c: 1 }, { c: 7 } ] } ] }')
  })

  it('push, pull, pop and sets', async () => {
    const each = doc({ $each: ints(3, 1), $sort: int32(1), $slice: int32(-2) })
    expect(await updated(doc({ a: ints(2) }), doc({ $push: doc({ a: each }) }))).toBe('{ a: [ 2, 3 ] }')
    expect(
      await updated(doc({ a: ints(2) }), doc({ $push: doc({ a: doc({ $each: ints(0), $position: int32(0) }) }) })),
    ).toBe('{ a: [ 0, 2 ] }')
    expect(await updated(doc({ a: ints(1, 2, 3) }), doc({ $pull: doc({ a: doc({ $gte: int32(2) }) }) }))).toBe(
      '{ a: [ 1 ] }',
    )
    expect(
      await updated(
        doc({ a: [doc({ b: int32(1) }), doc({ b: int32(2) })] }),
        doc({ $pull: doc({ a: doc({ b: int32(1) }) }) }),
      ),
    ).toBe('{ a: [ { b: 2 } ] }')
    expect(await updated(doc({ a: ints(1, 2) }), doc({ $addToSet: doc({ a: doc({ $each: ints(2, 3) }) }) }))).toBe(
      '{ a: [ 1, 2, 3 ] }',
    )
    expect(await updated(doc({ a: ints(1, 2) }), doc({ $pop: doc({ a: int32(-1) }) }))).toBe('{ a: [ 2 ] }')
    expect(await updated(doc({ a: ints(1, 2, 1) }), doc({ $pullAll: doc({ a: ints(1) }) }))).toBe('{ a: [ 2 ] }')
    expect(await updated(doc({ a: int32(6) }), doc({ $bit: doc({ a: doc({ and: int32(3) }) }) }))).toBe('{ a: 2 }')
    expect(await updated(doc({ a: int32(6) }), doc({ $rename: doc({ a: 'b.c' }) }))).toBe('{ b: { c: 6 } }')
  })

  it('as a pipeline', async () => {
    expect(
      await updated(doc({ a: int32(2), b: int32(3) }), [
        doc({ $set: doc({ c: doc({ $multiply: ['$a', '$b'] }) }) }),
        doc({ $unset: 'a' }),
      ]),
    ).toBe('{ b: 3, c: 6 }')
    expect(await updated(doc({}), [doc({ $group: doc({ _id: null }) })])).toBe(72)
  })

  it('insert what the filter says when nothing matches', async () => {
    const name = await fresh()
    const reply = await engine.run({
      update: name,
      updates: [
        doc({
          q: doc({ _id: int32(7), a: doc({ $eq: int32(1) }), b: doc({ $gt: int32(0) }) }),
          u: doc({ $set: doc({ c: int32(2) }), $setOnInsert: doc({ d: int32(3) }) }),
          upsert: true,
        }),
      ],
    })
    expect(showValue(reply.get('upserted')!)).toBe('[ { index: 0, _id: 7 } ]')
    expect(shown(await engine.find(name, new Map()))).toEqual(['{ _id: 7, a: 1, c: 2, d: 3 }'])
  })
})

describe('projections', () => {
  it.each<[string, Doc, string]>([
    ['inclusion', doc({ a: int32(1) }), '{ _id: 0, a: [ 1, 2, 3 ] }'],
    ['exclusion', doc({ a: int32(0), _id: int32(0) }), '{ b: { c: 1, d: 2 } }'],
    ['nested', doc({ 'b.c': int32(1), _id: int32(0) }), '{ b: { c: 1 } }'],
    ['$slice keeps the rest', doc({ a: doc({ $slice: int32(-1) }) }), '{ _id: 0, a: [ 3 ], b: { c: 1, d: 2 } }'],
    ['$elemMatch', doc({ a: doc({ $elemMatch: doc({ $gt: int32(1) }) }) }), '{ _id: 0, a: [ 2 ] }'],
    ['computed', doc({ s: doc({ $add: ['$b.c', '$b.d'] }), _id: int32(0) }), '{ s: 3 }'],
  ])('%s', async (_, projection, expected) => {
    const name = await fresh(doc({ a: ints(1, 2, 3), b: doc({ c: int32(1), d: int32(2) }) }))
    expect(shown(await engine.find(name, new Map(), { projection }))).toEqual([expected])
  })

  it('refuses a mix', async () => {
    const name = await fresh(doc({ a: int32(1) }))
    expect(codeOf(await engine.run({ find: name, projection: doc({ a: int32(1), b: int32(0) }) }))).toBe(31254)
  })
})

describe('plans', () => {
  const planOf = async (name: string, filter: Doc, options: Record<string, Value> = {}): Promise<string> => {
    const reply = await engine.run({ explain: doc({ find: name, filter, ...options }), verbosity: 'executionStats' })
    const stages: string[] = []
    for (
      let stage = (reply.get('queryPlanner') as Doc).get('winningPlan') as Doc | undefined;
      stage;
      stage = stage.get('inputStage') as Doc | undefined
    )
      stages.push(
        stage.get('stage') === 'IXSCAN'
          ? `IXSCAN ${String(stage.get('indexName'))} ${String(stage.get('direction'))}`
          : String(stage.get('stage')),
      )
    const counts = reply.get('executionStats') as Doc
    return `${stages.join(' < ')} (${wholeNumber(counts.get('totalKeysExamined'))}/${wholeNumber(counts.get('totalDocsExamined'))})`
  }

  it('say truthfully what they use', async () => {
    const name = await fresh(
      ...Array.from({ length: 50 }, (_, index) => doc({ a: int32(index % 10), b: int32(index), s: `n${index}` })),
    )
    await engine.run({
      createIndexes: name,
      indexes: [
        doc({ key: doc({ a: int32(1), b: int32(-1) }), name: 'ab' }),
        doc({ key: doc({ s: int32(1) }), name: 's' }),
      ],
    })
    expect(await planOf(name, doc({ _id: int32(3) }))).toBe('IDHACK (1/1)')
    expect(await planOf(name, doc({ a: int32(3) }))).toBe('FETCH < IXSCAN ab forward (5/5)')
    expect(await planOf(name, doc({ a: int32(3) }), { sort: doc({ b: int32(-1) }), limit: int32(2) })).toBe(
      'FETCH < IXSCAN ab forward (2/2)',
    )
    expect(await planOf(name, doc({ a: int32(3) }), { sort: doc({ b: int32(1) }), limit: int32(2) })).toBe(
      'FETCH < IXSCAN ab backward (2/2)',
    )
    expect(await planOf(name, doc({ a: doc({ $gte: int32(8) }) }))).toBe('FETCH < IXSCAN ab forward (10/10)')
    expect(await planOf(name, doc({ a: doc({ $in: ints(1, 2) }), b: int32(1) }))).toBe(
      'FETCH < IXSCAN ab forward (1/1)',
    )
    expect(await planOf(name, doc({ s: doc({ $regex: '^n4' }) }))).toBe('FETCH < IXSCAN s forward (11/11)')
    expect(await planOf(name, doc({ b: int32(3) }))).toBe('COLLSCAN (0/50)')
    expect(await planOf(name, doc({ a: int32(3) }), { sort: doc({ s: int32(1) }) })).toBe(
      'SORT < FETCH < IXSCAN ab forward (5/5)',
    )
    expect(await planOf(name, doc({ $or: [doc({ a: int32(3) }), doc({ s: 'n1' })] }))).toBe('SUBPLAN < OR (6/6)')
    expect(await planOf(name, doc({ a: int32(3) }), { hint: doc({ $natural: int32(1) }) })).toBe('COLLSCAN (0/50)')
  })

  it('give up a walk in order where all that matches stands at its end', async () => {
    const name = await fresh(
      ...Array.from({ length: 6000 }, (_, code) =>
        doc({ t: int32(1), code: int32(code), late: code >= 5000, even: code % 6 === 0 }),
      ),
    )
    await engine.run({
      createIndexes: name,
      indexes: ['code', 'late', 'even'].map((field) =>
        doc({ key: doc({ t: int32(1), [field]: int32(1) }), name: field }),
      ),
    })
    const sorted = { sort: doc({ code: int32(1) }), limit: int32(3), skip: int32(2) }
    const codes = async (filter: Doc): Promise<unknown[]> =>
      (await engine.find(name, filter, sorted)).map((one) => wholeNumber(one.get('code')))
    const read = async (filter: Doc): Promise<number> =>
      Number(/(\d+)\)$/.exec(await planOf(name, filter, sorted))?.[1])
    const spread = doc({ t: int32(1), even: true })
    expect(await codes(spread)).toEqual([12, 18, 24])
    expect(await read(spread)).toBeLessThan(40)
    const late = doc({ t: int32(1), late: true })
    expect(await codes(late)).toEqual([5002, 5003, 5004])
    expect(await read(late)).toBeLessThan(1300)
  })

  it('use a partial index only when the filter implies it, a sparse one only when nothing is missed', async () => {
    const name = await fresh(
      ...Array.from({ length: 20 }, (_, index) =>
        doc({ a: int32(index), on: index % 2 === 0, c: index < 5 ? int32(index) : undefined }),
      ),
    )
    await engine.run({
      createIndexes: name,
      indexes: [
        doc({ key: doc({ a: int32(1) }), name: 'on', partialFilterExpression: doc({ on: true }) }),
        doc({ key: doc({ c: int32(1) }), name: 'c', sparse: true }),
      ],
    })
    expect(await planOf(name, doc({ a: int32(4), on: true }))).toBe('FETCH < IXSCAN on forward (1/1)')
    expect(await planOf(name, doc({ a: int32(4) }))).toBe('COLLSCAN (0/20)')
    expect(await planOf(name, doc({ c: int32(4) }))).toBe('FETCH < IXSCAN c forward (1/1)')
    expect(await planOf(name, doc({ c: null }))).toBe('COLLSCAN (0/20)')
  })

  it('fold case and accents where the collation says so', async () => {
    const name = await fresh(doc({ n: 'José' }), doc({ n: 'jose' }), doc({ n: 'Ana' }))
    const spanish = doc({ locale: 'es', strength: int32(1) })
    await engine.run({
      createIndexes: name,
      indexes: [doc({ key: doc({ n: int32(1) }), name: 'n', collation: spanish })],
    })
    expect((await engine.find(name, doc({ n: 'JOSÉ' }), { collation: spanish })).length).toBe(2)
    expect(await planOf(name, doc({ n: 'JOSÉ' }), { collation: spanish })).toBe('FETCH < IXSCAN n forward (2/2)')
    expect(await planOf(name, doc({ n: 'jose' }))).toBe('COLLSCAN (0/3)')
    expect((await engine.find(name, doc({ n: 'jose' }))).length).toBe(1)
  })
})

describe('limits and refusals', () => {
  it('refuses what it does not have, by name', async () => {
    const name = await fresh(doc({ a: int32(1) }))
    const find = async (filter: Doc): Promise<number | undefined> => codeOf(await engine.run({ find: name, filter }))
    expect(await find(doc({ $where: 'true' }))).toBe(115)
    expect(await find(doc({ $text: doc({ $search: 'x' }) }))).toBe(115)
    expect(await find(doc({ a: doc({ $near: [] }) }))).toBe(115)
    expect(await find(doc({ a: doc({ $unheard: int32(1) }) }))).toBe(2)
    const stage = async (spec: Doc): Promise<number | undefined> =>
      codeOf(await engine.run({ aggregate: name, pipeline: [spec], cursor: new Map() }))
    expect(await stage(doc({ $changeStream: new Map() }))).toBe(40573)
    expect(await stage(doc({ $unheard: new Map() }))).toBe(40324)
    expect(await stage(doc({ $project: doc({ x: doc({ $unheard: int32(1) }) }) }))).toBe(168)
    expect(codeOf(await engine.run({ mapReduce: name }))).toBe(59)
    expect(codeOf(await engine.run({ find: name, unheard: true }))).toBe(40415)
    expect(
      codeOf(await engine.run({ createIndexes: name, indexes: [doc({ key: doc({ a: 'text' }), name: 't' })] })),
    ).toBe(67)
    expect(codeOf(await engine.run({ create: 'view', viewOn: 'c', pipeline: [] }))).toBe(115)
  })

  it('refuses documents beyond 16 MB and 180 levels', async () => {
    const name = await fresh()
    expect(codeOf(await engine.run({ insert: name, documents: [doc({ text: 'x'.repeat(17 * 1024 * 1024) })] }))).toBe(
      10334,
    )
    let deep: Doc = new Map()
    for (let level = 0; level < 200; level++) deep = doc({ a: deep })
    expect(codeOf(await engine.run({ insert: name, documents: [deep] }))).toBe(15)
  })

  it('refuses two parallel arrays in one index', async () => {
    const name = await fresh()
    await engine.run({ createIndexes: name, indexes: [doc({ key: doc({ a: int32(1), b: int32(1) }), name: 'ab' })] })
    expect(codeOf(await engine.run({ insert: name, documents: [doc({ a: ints(1), b: ints(2) })] }))).toBe(171)
  })
})

describe('values longer than a key may be', () => {
  it('are found, kept unique and sorted all the same', async () => {
    const long = (last: string): Value => 'x'.repeat(3000) + last
    const name = await fresh(doc({ s: long('b') }), doc({ s: long('a') }), doc({ s: 'y' }))
    await engine.run({ createIndexes: name, indexes: [doc({ key: doc({ s: int32(1) }), name: 's', unique: true })] })
    expect((await engine.find(name, doc({ s: long('a') }))).map((found) => wholeNumber(found.get('_id')))).toEqual([1])
    expect(
      (await engine.find(name, doc({ s: doc({ $gt: long('a') }) }))).map((found) => wholeNumber(found.get('_id'))),
    ).toEqual([0, 2])
    expect(
      (await engine.find(name, emptyDoc(), { sort: doc({ s: int32(1) }) })).map((found) =>
        wholeNumber(found.get('_id')),
      ),
    ).toEqual([1, 0, 2])
    expect(codeOf(await engine.run({ insert: name, documents: [doc({ s: long('a') })] }))).toBe(11000)
    expect((await engine.run({ validate: name })).get('valid')).toBe(true)
  })
})

describe('capped collections', () => {
  it('let go of the oldest', async () => {
    await engine.run({ create: 'log', capped: true, size: int32(100_000), max: int32(3) })
    for (let n = 0; n < 5; n++) await engine.run({ insert: 'log', documents: [doc({ _id: int32(n) })] })
    expect((await engine.find('log', emptyDoc())).map((found) => wholeNumber(found.get('_id')))).toEqual([2, 3, 4])
    expect((await engine.run({ collStats: 'log' })).get('capped')).toBe(true)
    expect((await engine.run({ validate: 'log' })).get('valid')).toBe(true)
    expect(codeOf(await engine.run({ create: 'other', capped: true }))).toBe(72)
  })
})

describe('expiry', () => {
  it('deletes what a TTL index says', async () => {
    const name = await fresh(
      doc({ at: new DateValue(Date.now() - 10_000) }),
      doc({ at: new DateValue(Date.now() + 10_000) }),
      doc({ at: 'never' }),
    )
    await engine.run({
      createIndexes: name,
      indexes: [doc({ key: doc({ at: int32(1) }), name: 'at', expireAfterSeconds: int32(5) })],
    })
    await engine.sweep()
    expect((await engine.find(name, new Map())).length).toBe(2)
  })
})

describe('cursors', () => {
  it('hand out results in pieces and show one moment', async () => {
    const name = await fresh(...Array.from({ length: 250 }, (_, index) => doc({ n: int32(index) })))
    const first = await engine.run({ find: name, filter: new Map(), batchSize: int32(100) })
    const id = (first.get('cursor') as Doc).get('id')!
    await engine.run({ delete: name, deletes: [doc({ q: new Map(), limit: int32(0) })] })
    const second = await engine.run({ getMore: id, collection: name })
    expect(((second.get('cursor') as Doc).get('nextBatch') as Value[]).length).toBe(150)
    expect(codeOf(await engine.run({ getMore: id, collection: name }))).toBe(43)
  })
})
