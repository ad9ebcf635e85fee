import fc from 'fast-check'
import {
  BinaryValue,
  DateValue,
  Decimal128,
  Int32,
  MAX_KEY,
  MIN_KEY,
  ObjectIdValue,
  RegexValue,
  TimestampValue,
  type Doc,
  type Value,
} from '../bson/values.ts'

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map((value): Value => new Int32(value)),
  fc.integer().map((value): Value => new Int32(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // Neighbours of 2^53, where doubles and integers part.
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc.integer({ min: -5, max: 5 }).map((value) => BigInt(value)),
  fc.double(),
  fc.constantFrom<Value>(0.1, -0, 0, 9007199254740992, 1.5, NaN, Infinity, -Infinity),
  fc
    .constantFrom(
      '0',
      '0.1',
      '1',
      '1.0',
      '1.00',
      '-2',
      '9007199254740993',
      '9007199254740992.5',
      '1E+400',
      '-1E+400',
      '1E-400',
      'NaN',
      'Infinity',
      '-Infinity',
      '0.1000000000000000055511151231257827',
    )
    .map((text): Value => Decimal128.fromString(text)),
)

const scalars: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: numbers },
  {
    weight: 4,
    arbitrary: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('', 'a', 'b', 'ab', 'a\0', 'á', '\u{1f600}', '\uffee'),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Value>(null) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.integer({ min: -1e12, max: 1e12 }).map((ms): Value => new DateValue(ms)) },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ minLength: 12, maxLength: 12 })
      .map((bytes): Value => new ObjectIdValue(Buffer.from(bytes))),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 3 }).map((bytes): Value => new BinaryValue(Buffer.from(bytes), 0)),
  },
  {
    weight: 1,
    arbitrary: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map((value): Value => new TimestampValue(value)),
  },
  { weight: 1, arbitrary: fc.constantFrom<Value>(new RegexValue('a', ''), new RegexValue('a', 'i'), MIN_KEY, MAX_KEY) },
)

const { value } = fc.letrec<{ value: Value; array: Value[]; document: Doc }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: scalars },
    { weight: 1, arbitrary: tie('array') },
    { weight: 1, arbitrary: tie('document') },
  ),
  array: fc.array(tie('value'), { maxLength: 3 }),
  document: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', '1', '0', ''), tie('value')), {
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((fields) => new Map(fields)),
}))

/** Any BSON value, with many near misses. */
export const anyValue: fc.Arbitrary<Value> = value
export const anyScalar = scalars
