import fc from 'fast-check'
import { Int32, RegexValue, type Doc, type Value } from '../bson/values.ts'
import { anyValue } from './anyValue.ts'

export const anyPath = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', 'a.0', 'c.1', 'a.b.c')

const doc = (...entries: [string, Value][]): Doc => new Map(entries)

/** Values that often meet: a filter that never matches tests nothing. */
export const likelyValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }).map((value): Value => new Int32(value)) },
  { weight: 2, arbitrary: fc.constantFrom<Value>('', 'x', 'y', 'xy', null, true, 1.5, 2n, [], [new Int32(1)]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.integer({ min: 0, max: 3 }).map((value): Value => new Int32(value)),
      { maxLength: 3 },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ b: fc.integer({ min: 0, max: 3 }) })
      .map(({ b }): Value => doc(['b', new Int32(b)], ['c', new Int32(b % 2)])),
  },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.integer({ min: 0, max: 3 }).map((b): Value => doc(['b', new Int32(b)])),
      { maxLength: 3 },
    ),
  },
  // A regular expression in a filter is a search, not a value.
  { weight: 1, arbitrary: anyValue.filter((value) => !(value instanceof RegexValue)) },
)

const comparison = fc
  .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), likelyValue)
  .map(([name, value]) => doc([name, value]))
const range = fc.tuple(likelyValue, likelyValue).map(([low, high]) => doc(['$gte', low], ['$lt', high]))
const list = fc
  .tuple(fc.constantFrom('$in', '$nin', '$all'), fc.array(likelyValue, { maxLength: 3 }))
  .map(([name, values]) => doc([name, values]))
const shape = fc.oneof(
  fc.boolean().map((exists) => doc(['$exists', exists])),
  fc.integer({ min: 0, max: 3 }).map((size) => doc(['$size', new Int32(size)])),
  fc.constantFrom(1, 2, 3, 4, 10, 16).map((type) => doc(['$type', new Int32(type)])),
)
const element = fc
  .oneof(
    comparison.filter((condition) => !condition.has('$ne')),
    range,
    fc.tuple(fc.constantFrom('b', 'c'), likelyValue).map(([name, value]) => doc([name, value])),
  )
  .map((condition) => doc(['$elemMatch', condition]))
const condition: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: likelyValue },
  { weight: 3, arbitrary: comparison },
  { weight: 2, arbitrary: range },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: shape },
  { weight: 1, arbitrary: element },
  { weight: 1, arbitrary: fc.oneof(comparison, range).map((inner) => doc(['$not', inner])) },
)

const field: fc.Arbitrary<Doc> = fc.tuple(anyPath, condition).map(([path, value]) => doc([path, value]))

/** A filter of the operators {@link naiveMatch} knows. */
export const anyFilter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: field },
  { weight: 2, arbitrary: fc.tuple(field, field).map(([one, other]) => new Map([...one, ...other])) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(field, { minLength: 1, maxLength: 3 }))
      .map(([name, parts]) => doc([name, parts])),
  },
  { weight: 1, arbitrary: fc.constant<Doc>(new Map()) },
)

export const anyDocument: fc.Arbitrary<Doc> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), likelyValue), { maxLength: 3, selector: ([name]) => name })
  .map((fields) => new Map(fields))

export const anySort: fc.Arbitrary<Doc> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.b'), fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 2,
    selector: ([path]) => path,
  })
  .map((fields) => new Map(fields.map(([path, way]): [string, Value] => [path, new Int32(way)])))
