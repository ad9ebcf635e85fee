import { compareValues } from '../bson/compare.ts'
import { encode } from '../bson/encode.ts'
import { doc, int32, type Doc, type Value } from '../bson/values.ts'

/** The stages after a `$match` and, once more and by hand, what they make of documents in the order of their _id. */
export interface NaivePipeline {
  stages: Doc[]
  apply: (documents: Doc[]) => Doc[]
}

const byId = doc({ $sort: doc({ _id: int32(1) }) })

export const PIPELINES: NaivePipeline[] = [
  {
    stages: [byId, doc({ $skip: int32(1) }), doc({ $limit: int32(4) }), doc({ $project: doc({ b: int32(1) }) })],
    apply: (documents) =>
      documents.slice(1, 5).map((document) => doc({ _id: document.get('_id')!, b: document.get('b') })),
  },
  {
    stages: [
      byId,
      doc({ $group: doc({ _id: '$a', n: doc({ $sum: int32(1) }), first: doc({ $first: '$_id' }) }) }),
      doc({ $sort: doc({ first: int32(1) }) }),
    ],
    apply: (documents) => {
      const groups: { key: Value; n: number; first: Value }[] = []
      for (const document of documents) {
        const key = document.get('a') ?? null
        const group = groups.find((other) => compareValues(other.key, key) === 0)
        if (group) group.n++
        else groups.push({ key, n: 1, first: document.get('_id')! })
      }
      return groups.map(({ key, n, first }) => doc({ _id: key, n: int32(n), first }))
    },
  },
  {
    stages: [byId, doc({ $unwind: '$b' }), doc({ $project: doc({ _id: int32(0), item: '$b' }) })],
    apply: (documents) =>
      documents.flatMap((document) => {
        const value = document.get('b')
        // Null and missing have no elements; anything else than an array is its own only one.
        if (value === undefined || value === null) return []
        return (Array.isArray(value) ? value : [value]).map((item) => doc({ item }))
      }),
  },
  {
    stages: [doc({ $match: doc({ a: doc({ $exists: true }) }) }), doc({ $count: 'n' })],
    apply: (documents) => {
      const n = documents.filter((document) => document.has('a')).length
      return n === 0 ? [] : [doc({ n: int32(n) })]
    },
  },
]

/** Whether two lists hold the same bytes in the same order. */
export const sameDocuments = (found: Doc[], expected: Doc[]): boolean =>
  found.length === expected.length && found.every((one, index) => encode(one).equals(encode(expected[index]!)))
