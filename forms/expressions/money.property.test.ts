import fc from 'fast-check'
import type { Json } from '../types.ts'
import { builtinFunctions } from './builtinFunctions.ts'

/**
 * Money against integers of any size: an amount with n decimals is a BigInt of its smallest units, and half-up of a
 * fraction is decided by twice its remainder. Neither side of the comparison knows the other.
 */
const call = (name: string, ...values: Json[]): Json =>
  (builtinFunctions[`money.${name}`] as (...given: Json[]) => Json)(...values)

interface Amount {
  text: string
  units: bigint
  scale: number
}

const amounts: fc.Arbitrary<Amount> = fc
  .record({ units: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), scale: fc.integer({ min: 0, max: 6 }) })
  .map(({ units, scale }) => ({ units, scale, text: write(units, scale) }))

function write(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
}

/** Units of a decimal text at a scale not smaller than its own. */
function read(text: Json, scale: number): bigint {
  const [, sign, whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text)) ?? []
  expect(decimals.length).toBeLessThanOrEqual(scale)
  const units = BigInt(whole + decimals.padEnd(scale, '0'))
  return sign === '-' ? -units : units
}

const at = ({ units, scale }: Amount, wanted: number): bigint => units * 10n ** BigInt(wanted - scale)

/** numerator / denominator rounded half-up, away from zero as invoices are. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const [top, bottom] = [numerator, denominator].map((value) => (value < 0n ? -value : value)) as [bigint, bigint]
  const rounded = top / bottom + ((top % bottom) * 2n >= bottom ? 1n : 0n)
  return negative ? -rounded : rounded
}

describe('money, against integer arithmetic', () => {
  it('sums and differences are exact', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(read(call('add', a.text, b.text), 6)).toBe(at(a, 6) + at(b, 6))
        expect(read(call('subtract', a.text, b.text), 6)).toBe(at(a, 6) - at(b, 6))
      }),
    )
  })

  it('a list is the sum of its amounts, in any order', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 50 }), (list) => {
        const total = list.reduce((sum, amount) => sum + at(amount, 6), 0n)
        const texts = list.map((amount) => amount.text)
        expect(read(call('sum', texts), 6)).toBe(total)
        expect(read(call('sum', [...texts].reverse()), 6)).toBe(total)
      }),
    )
  })

  it('products are exact, and rounded half-up to n places when asked', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 4 }), (a, b, places) => {
        expect(read(call('multiply', a.text, b.text), 12)).toBe(at(a, 6) * at(b, 6))
        const exact = at(a, 6) * at(b, 6)
        expect(read(call('multiply', a.text, b.text, places), places)).toBe(halfUp(exact, 10n ** BigInt(12 - places)))
      }),
    )
  })

  it('quotients are rounded half-up to n places, two of them for money', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 8 }), (a, b, places) => {
        fc.pre(b.units !== 0n)
        const expected = halfUp(at(a, 6) * 10n ** BigInt(places), at(b, 6))
        expect(read(call('divide', a.text, b.text, places), places)).toBe(expected)
      }),
    )
  })

  it('rounding is half-up, to two places unless said', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 6 }), (a, places) => {
        expect(read(call('round', a.text, places), places)).toBe(halfUp(at(a, 6), 10n ** BigInt(6 - places)))
        expect(read(call('round', a.text), 2)).toBe(halfUp(at(a, 6), 10n ** 4n))
      }),
    )
  })

  it('comparisons agree with the integers, whatever zeros end the texts', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const [x, y] = [at(a, 6), at(b, 6)]
        expect(call('lt', a.text, b.text)).toBe(x < y)
        expect(call('gte', a.text, b.text)).toBe(x >= y)
        expect(call('eq', a.text, write(x, 6))).toBe(true)
      }),
    )
  })

  it('[FM-D-101] cents that doubles lose: 0.25 × 18 % is 0.05, and 0.1 + 0.2 is 0.3', () => {
    expect(call('multiply', '0.25', '0.18', 2)).toBe('0.05')
    expect(call('add', '0.1', '0.2')).toBe('0.3')
    expect(call('round', '1.005')).toBe('1.01')
  })
})
