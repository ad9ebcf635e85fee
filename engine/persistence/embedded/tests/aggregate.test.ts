import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EJSON, serialize } from 'bson'
import { decode } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { type Doc, emptyDoc, int32, type Value } from '../bson/values.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope, systemVariables } from '../expression/scope.ts'
import { deserialize } from 'bson'
import { TestEngine } from './testEngine.ts'

/** A value from extended JSON, and back in canonical form, so that types show. */
const read = (json: unknown): Value =>
  decode(Buffer.from(serialize(EJSON.deserialize({ v: json }, { relaxed: false })))).get('v')!
const show = (value: Value | undefined): unknown =>
  value === undefined
    ? undefined
    : (
        EJSON.serialize(deserialize(encode(new Map([['v', value]])), { promoteValues: false }), { relaxed: true }) as {
          v: unknown
        }
      ).v

const DOCUMENT = {
  i: 7,
  d: 2.5,
  s: 'Año',
  a: [3, 1, 2],
  o: { x: 1, y: 2 },
  n: null,
  t: { $date: '2024-03-31T15:04:05.678Z' },
  items: [
    { p: 2, q: 3 },
    { p: 5, q: 1 },
  ],
  m: { $numberDecimal: '1.10' },
  l: { $numberLong: '9007199254740993' },
}

// Expected results from the operators' pages in the MongoDB manual, or worked out by hand.
const CASES: [expression: unknown, expected: unknown][] = [
  [{ $add: ['$i', '$d'] }, 9.5],
  [{ $add: ['$l', 1] }, { $numberLong: '9007199254740994' }],
  [{ $add: ['$m', 1] }, { $numberDecimal: '2.10' }],
  [{ $add: ['$t', 1000] }, { $date: '2024-03-31T15:04:06.678Z' }],
  [{ $subtract: ['$t', '$t'] }, 0],
  [{ $multiply: ['$m', '$m'] }, { $numberDecimal: '1.2100' }],
  [{ $divide: ['$i', 2] }, 3.5],
  [{ $mod: [-7, 3] }, -1],
  [{ $round: [2.5] }, 2],
  [{ $round: [{ $numberDecimal: '2.345' }, 2] }, { $numberDecimal: '2.34' }],
  [{ $round: [1234, -2] }, 1200],
  [{ $trunc: [-2.7] }, -2],
  [{ $ceil: '$d' }, 3],
  [{ $abs: -3 }, 3],
  [{ $pow: [2, 10] }, 1024],
  [{ $sqrt: 25 }, 5],
  [{ $sum: '$a' }, 6],
  [{ $avg: '$a' }, 2],
  [{ $max: ['$i', '$d'] }, 7],
  [{ $sum: ['$m', '$m'] }, { $numberDecimal: '2.20' }],
  [{ $concat: ['$s', '-', 'x'] }, 'Año-x'],
  [{ $concat: ['$s', '$n'] }, null],
  [{ $toUpper: '$s' }, 'AñO'],
  [{ $strLenCP: '$s' }, 3],
  [{ $strLenBytes: '$s' }, 4],
  [{ $substrCP: ['$s', 1, 2] }, 'ño'],
  [{ $indexOfCP: ['$s', 'o'] }, 2],
  [{ $indexOfBytes: ['$s', 'o'] }, 3],
  [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
  [{ $trim: { input: '  x ' } }, 'x'],
  [{ $regexMatch: { input: '$s', regex: '^a', options: 'i' } }, true],
  [{ $regexFind: { input: 'line: 42', regex: '(\\d)(\\d)' } }, { match: '42', idx: 6, captures: ['4', '2'] }],
  [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
  [{ $arrayElemAt: ['$a', -1] }, 2],
  [{ $first: '$a' }, 3],
  [{ $slice: ['$a', 1, 1] }, [1]],
  [{ $size: '$a' }, 3],
  [{ $in: [2, '$a'] }, true],
  [{ $concatArrays: ['$a', [9]] }, [3, 1, 2, 9]],
  [{ $reverseArray: '$a' }, [2, 1, 3]],
  [{ $sortArray: { input: '$a', sortBy: -1 } }, [3, 2, 1]],
  [{ $range: [0, 6, 2] }, [0, 2, 4]],
  [{ $filter: { input: '$a', as: 'x', cond: { $gt: ['$$x', 1] } } }, [3, 2]],
  [{ $map: { input: '$items', as: 'x', in: { $multiply: ['$$x.p', '$$x.q'] } } }, [6, 5]],
  [{ $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    [
      [1, 'a'],
      [2, 'z'],
    ],
  ],
  ['$items.p', [2, 5]],
  ['$missing', undefined],
  [{ $cond: [{ $gte: ['$i', 5] }, 'big', 'small'] }, 'big'],
  [{ $ifNull: ['$missing', '$n', 'x'] }, 'x'],
  [{ $switch: { branches: [{ case: { $eq: ['$i', 7] }, then: 'seven' }], default: 'no' } }, 'seven'],
  [{ $let: { vars: { a: 2 }, in: { $multiply: ['$$a', '$i'] } } }, 14],
  [{ $and: [true, { $gt: ['$i', 100] }] }, false],
  [{ $cmp: ['$i', '$d'] }, 1],
  [{ $eq: [1, { $numberLong: '1' }] }, true],
  [{ $gt: ['$missing', null] }, false],
  [{ $mergeObjects: ['$o', { y: 9 }] }, { x: 1, y: 9 }],
  [
    { $objectToArray: '$o' },
    [
      { k: 'x', v: 1 },
      { k: 'y', v: 2 },
    ],
  ],
  [{ $arrayToObject: [[['a', 1]]] }, { a: 1 }],
  [{ $getField: 'i' }, 7],
  [{ $setField: { field: 'a.b', input: '$o', value: 3 } }, { x: 1, y: 2, 'a.b': 3 }],
  [{ $setUnion: ['$a', [4]] }, [1, 2, 3, 4]],
  [{ $setIntersection: ['$a', [2, 9]] }, [2]],
  [{ $setDifference: ['$a', [1]] }, [3, 2]],
  [{ $toString: '$l' }, '9007199254740993'],
  [{ $toInt: '42' }, 42],
  [{ $toDecimal: '1.50' }, { $numberDecimal: '1.50' }],
  [{ $toObjectId: '5ab9cbfa31c2ab715d42129e' }, { $oid: '5ab9cbfa31c2ab715d42129e' }],
  [{ $toString: { $toObjectId: '5ab9cbfa31c2ab715d42129e' } }, '5ab9cbfa31c2ab715d42129e'],
  [{ $toDate: '2024-01-02' }, { $date: '2024-01-02T00:00:00Z' }],
  [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
  [{ $type: '$m' }, 'decimal'],
  [{ $year: '$t' }, 2024],
  [{ $month: '$t' }, 3],
  [{ $dayOfMonth: { date: '$t', timezone: 'America/Lima' } }, 31],
  [{ $hour: { date: '$t', timezone: 'America/Lima' } }, 10],
  [{ $dayOfWeek: '$t' }, 1],
  [{ $isoWeek: '$t' }, 13],
  [{ $week: '$t' }, 13],
  [{ $dayOfYear: '$t' }, 91],
  [{ $dateToString: { date: '$t', format: '%d/%m/%Y %H:%M', timezone: 'America/Lima' } }, '31/03/2024 10:04'],
  [{ $dateToString: { date: '$t' } }, '2024-03-31T15:04:05.678Z'],
  [
    { $dateFromString: { dateString: '31/03/2024', format: '%d/%m/%Y', timezone: 'America/Lima' } },
    { $date: '2024-03-31T05:00:00Z' },
  ],
  [{ $dateAdd: { startDate: '$t', unit: 'month', amount: 1 } }, { $date: '2024-04-30T15:04:05.678Z' }],
  [{ $dateDiff: { startDate: { $toDate: '2024-01-31' }, endDate: { $toDate: '2024-03-01' }, unit: 'month' } }, 2],
  [{ $dateTrunc: { date: '$t', unit: 'month', timezone: 'America/Lima' } }, { $date: '2024-03-01T05:00:00Z' }],
  [{ $dateTrunc: { date: '$t', unit: 'week', startOfWeek: 'monday' } }, { $date: '2024-03-25T00:00:00Z' }],
  [{ $dateFromParts: { year: 2024, month: 14, day: 1 } }, { $date: '2025-02-01T00:00:00Z' }],
  [{ $bitAnd: [6, 3] }, 2],
  [{ $literal: '$i' }, '$i'],
]

describe('expressions', () => {
  const root = read(DOCUMENT) as Doc
  const variables = systemVariables(0)
  it.each(CASES)('%j', (expression, expected) => {
    const value = compileExpression(read(expression), variables)(newScope(root, variables))
    expect(show(value)).toEqual(expected === undefined ? undefined : show(read(expected)))
  })
})

describe('stages', () => {
  let engine: TestEngine
  beforeAll(async () => {
    engine = new TestEngine()
    const sales = [
      { _id: 1, shop: 'lima', total: 10, tags: ['a', 'b'], item: 1 },
      { _id: 2, shop: 'lima', total: 20, tags: [], item: 2 },
      { _id: 3, shop: 'cusco', total: 5, tags: ['a'], item: 1 },
      { _id: 4, shop: 'cusco', total: 7, item: 9 },
    ]
    await engine.run({ insert: 'sales', documents: sales.map(read) })
    await engine.run({
      insert: 'items',
      documents: [
        { _id: 1, name: 'pala', parent: 2 },
        { _id: 2, name: 'pico', parent: null },
      ].map(read),
    })
  })
  afterAll(() => engine.close())

  const run = async (...pipeline: unknown[]): Promise<unknown[]> =>
    TestEngine.batch(await engine.run({ aggregate: 'sales', pipeline: pipeline.map(read), cursor: emptyDoc() })).map(
      show,
    )

  it.each<[string, unknown[], unknown[]]>([
    [
      '$group and $sort',
      [
        { $group: { _id: '$shop', n: { $sum: 1 }, total: { $sum: '$total' }, best: { $max: '$total' } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'cusco', n: 2, total: 12, best: 7 },
        { _id: 'lima', n: 2, total: 30, best: 20 },
      ],
    ],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $group: { _id: '$tags', ids: { $push: '$_id' } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'a', ids: [1, 3] },
        { _id: 'b', ids: [1] },
      ],
    ],
    [
      '$unwind keeping empty ones',
      [
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
        { $match: { _id: { $gt: 1 } } },
        { $project: { tags: 1, at: 1 } },
      ],
      [
        { _id: 2, at: null },
        { _id: 3, tags: 'a', at: 0 },
        { _id: 4, at: null },
      ],
    ],
    [
      '$lookup',
      [
        { $match: { _id: { $in: [1, 4] } } },
        { $lookup: { from: 'items', localField: 'item', foreignField: '_id', as: 'item' } },
        { $project: { 'item.name': 1 } },
      ],
      [
        { _id: 1, item: [{ name: 'pala' }] },
        { _id: 4, item: [] },
      ],
    ],
    [
      '$lookup with a pipeline',
      [
        { $match: { _id: 1 } },
        {
          $lookup: {
            from: 'items',
            let: { i: '$item' },
            pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$i'] } } }, { $project: { name: 1, _id: 0 } }],
            as: 'found',
          },
        },
        { $project: { found: 1 } },
      ],
      [{ _id: 1, found: [{ name: 'pala' }] }],
    ],
    [
      '$graphLookup',
      [
        { $match: { _id: 1 } },
        {
          $graphLookup: {
            from: 'items',
            startWith: '$item',
            connectFromField: 'parent',
            connectToField: '_id',
            as: 'chain',
            depthField: 'depth',
          },
        },
        { $project: { chain: { $sortArray: { input: '$chain', sortBy: { depth: 1 } } } } },
      ],
      [
        {
          _id: 1,
          chain: [
            { _id: 1, name: 'pala', parent: 2, depth: 0 },
            { _id: 2, name: 'pico', parent: null, depth: 1 },
          ],
        },
      ],
    ],
    [
      '$facet and $count',
      [{ $facet: { all: [{ $count: 'n' }], lima: [{ $match: { shop: 'lima' } }, { $project: { _id: 1 } }] } }],
      [{ all: [{ n: 4 }], lima: [{ _id: 1 }, { _id: 2 }] }],
    ],
    [
      '$bucket',
      [{ $bucket: { groupBy: '$total', boundaries: [0, 8, 15], default: 'more', output: { n: { $sum: 1 } } } }],
      [
        { _id: 0, n: 2 },
        { _id: 8, n: 1 },
        { _id: 'more', n: 1 },
      ],
    ],
    ['$sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 1, count: 2 }]],
    [
      '$addFields and $unset',
      [
        { $match: { _id: 1 } },
        { $addFields: { 'extra.double': { $multiply: ['$total', 2] } } },
        { $unset: ['tags', 'item', 'shop'] },
      ],
      [{ _id: 1, total: 10, extra: { double: 20 } }],
    ],
    ['$replaceRoot', [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { t: '$total' } } }], [{ t: 10 }]],
    [
      '$unionWith',
      [
        { $match: { _id: 1 } },
        { $project: { _id: 1 } },
        { $unionWith: { coll: 'items', pipeline: [{ $project: { name: 1 } }] } },
      ],
      [{ _id: 1 }, { _id: 1, name: 'pala' }, { _id: 2, name: 'pico' }],
    ],
    [
      '$topN',
      [{ $group: { _id: null, best: { $topN: { n: 2, sortBy: { total: -1 }, output: '$_id' } } } }],
      [{ _id: null, best: [2, 1] }],
    ],
  ])('%s', async (_, pipeline, expected) => {
    expect(await run(...pipeline)).toEqual(expected)
  })

  it('$out and $merge write', async () => {
    await run({ $group: { _id: '$shop', total: { $sum: '$total' } } }, { $out: 'totals' })
    await run(
      { $match: { shop: 'lima' } },
      { $group: { _id: '$shop', seen: { $sum: int32(1).value } } },
      { $merge: 'totals' },
    )
    const totals = await engine.find('totals', emptyDoc(), { sort: read({ _id: 1 }) })
    expect(totals.map(show)).toEqual([
      { _id: 'cusco', total: 12 },
      { _id: 'lima', total: 30, seen: 2 },
    ])
  })
})
