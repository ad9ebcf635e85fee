import fc from 'fast-check'
import { doc, int32, type Doc } from '../bson/values.ts'
import { anyDocument, anyFilter, anySort } from './anyQuery.ts'
import { PIPELINES } from './naiveAggregate.ts'
import { UPDATES } from './naiveUpdate.ts'

export const INDEXES: Doc[] = [
  doc({ key: doc({ a: int32(1) }), name: 'a' }),
  doc({ key: doc({ a: int32(-1), b: int32(1) }), name: 'ab' }),
  doc({ key: doc({ 'a.b': int32(1) }), name: 'a.b' }),
  doc({ key: doc({ b: int32(1), 'a.b': int32(-1) }), name: 'b_a.b' }),
  doc({ key: doc({ c: int32(1) }), name: 'c', sparse: true }),
  doc({ key: doc({ a: int32(1) }), name: 'partial', partialFilterExpression: doc({ b: doc({ $gte: int32(2) }) }) }),
  doc({ key: doc({ u: int32(1) }), name: 'u', unique: true, sparse: true }),
]

/** One step. `session` 0 is no transaction, 1–3 are sessions whose transaction is started when needed. */
export type Step =
  | { kind: 'insert'; session: number; id: number; document: Doc; unique: number }
  | { kind: 'update'; session: number; filter: Doc; update: number; multi: boolean }
  | { kind: 'remove'; session: number; filter: Doc; limit: 0 | 1 }
  | { kind: 'find'; session: number; filter: Doc; sort: Doc | undefined; limit: number; skip: number }
  | { kind: 'aggregate'; session: number; filter: Doc; pipeline: number }
  | { kind: 'end'; session: number; commit: boolean }
  | { kind: 'index'; which: number; drop: boolean }
  | { kind: 'reopen' }

const session = fc.constantFrom(0, 0, 0, 1, 2, 3)

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      session,
      id: fc.integer({ min: 0, max: 30 }),
      document: anyDocument,
      unique: fc.integer({ min: 0, max: 12 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      session,
      // Often all, for an update that meets nothing shows nothing.
      filter: fc.oneof(anyFilter, fc.constant<Doc>(new Map())),
      update: fc.nat(UPDATES.length - 1),
      multi: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      session,
      filter: anyFilter,
      limit: fc.constantFrom(0 as const, 1 as const),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      session,
      filter: anyFilter,
      sort: fc.option(anySort, { nil: undefined }),
      limit: fc.nat(5),
      skip: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('aggregate' as const),
      session,
      filter: anyFilter,
      pipeline: fc.nat(PIPELINES.length - 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      session: fc.integer({ min: 1, max: 3 }),
      commit: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('index' as const),
      which: fc.nat(INDEXES.length - 1),
      drop: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
)
