import { describe, expect, it } from '@jest/globals'
import { deserialize, serialize } from 'bson'
import fc from 'fast-check'
import { compareValues, identicalValues } from '../bson/compare.ts'
import { decode, decodeFields } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { Int32, type Value } from '../bson/values.ts'
import { encodeKey, invert } from '../storage/keyEncoding.ts'
import { anyValue } from './anyValue.ts'

const sign = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

describe('BSON', () => {
  it('decodes what it encodes, every type kept', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encode(new Map([['v', value]]))
        const back = decode(bytes)
        expect(encode(back).equals(bytes)).toBe(true)
        expect(identicalValues(back.get('v')!, value)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('writes the bytes the bson package writes', () => {
    const document = { a: 1, b: 1.5, c: 'ñandú', d: [1, { e: null }], f: true, g: new Date(5), 10: 'ten' }
    const bytes = Buffer.from(serialize(document))
    expect(encode(decode(bytes)).equals(bytes)).toBe(true)
    expect(deserialize(encode(decode(bytes)))).toEqual(document)
  })

  it('keeps the order of fields, numbers as names included', () => {
    const document = new Map<string, Value>([
      ['b', new Int32(1)],
      ['10', new Int32(2)],
      ['a', new Int32(3)],
      ['2', new Int32(4)],
    ])
    expect([...decode(encode(document)).keys()]).toEqual(['b', '10', 'a', '2'])
    expect([...decodeFields(encode(document), new Set(['2', 'a'])).keys()]).toEqual(['a', '2'])
  })

  it('orders values totally: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        expect(compareValues(a, b)).toBe(0 - compareValues(b, a))
        const sorted = [a, b, c].sort((x, y) => compareValues(x, y))
        expect(compareValues(sorted[0]!, sorted[2]!)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 3000 },
    )
  })

  it('encodes keys in the order of values, also turned round and followed by other keys', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, anyValue, (a, b, c, d) => {
        const order = compareValues(a, b)
        expect(sign(encodeKey(a), encodeKey(b))).toBe(order)
        expect(sign(invert(encodeKey(a)), invert(encodeKey(b)))).toBe(0 - order)
        if (order !== 0) expect(sign(encodeKey(a) + encodeKey(c), encodeKey(b) + encodeKey(d))).toBe(order)
        else expect(sign(encodeKey(a) + encodeKey(c), encodeKey(b) + encodeKey(d))).toBe(compareValues(c, d))
      }),
      { numRuns: 5000 },
    )
  })
})
