import fc from 'fast-check'
import { rateOn, type RateFrom } from './rateOn.ts'
import { amount, amountOf, baseOf, total } from './split.ts'

/** Cents → "12.34". */
const write = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const read = (text: string): bigint => BigInt(text.replace('.', ''))
const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
/** Ten-thousandths: 1800 is 18 %. */
const rates = fc.integer({ min: 0, max: 10_000 }).map((parts) => ({ parts, text: (parts / 10_000).toFixed(4) }))

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const top = numerator < 0n ? -numerator : numerator
  const rounded = top / denominator + ((top % denominator) * 2n >= denominator ? 1n : 0n)
  return numerator < 0n ? -rounded : rounded
}

describe('the IGV of a base', () => {
  it.each([
    ['1250.00', '225.00', '1475.00'],
    ['1000.00', '180.00', '1180.00'],
    ['33.33', '6.00', '39.33'],
    ['0.25', '0.05', '0.30'],
    ['1234.56', '222.22', '1456.78'],
  ])('[FM-10.2.4-8] [FM-10.2.4-9] [FM-D-101] of %s is %s, with it %s', (base, tax, sum) => {
    expect(amount(base, '0.18')).toBe(tax)
    expect(total(base, '0.18')).toBe(sum)
  })

  it('is base × rate half-up, for every base and rate', () => {
    fc.assert(
      fc.property(cents, rates, (base, rate) => {
        expect(read(amount(write(base), rate.text))).toBe(halfUp(base * BigInt(rate.parts), 10_000n))
      }),
    )
  })

  it('base and tax are the total, always', () => {
    fc.assert(
      fc.property(cents, rates, (base, rate) => {
        expect(read(total(write(base), rate.text))).toBe(base + read(amount(write(base), rate.text)))
      }),
    )
  })
})

describe('the IGV in a total', () => {
  it.each([
    ['1180.00', '1000.00', '180.00'],
    ['100.00', '84.75', '15.25'],
    ['59.90', '50.76', '9.14'],
  ])('[FM-10.2.4-10] [FM-D-102] %s = %s + %s', (sum, base, tax) => {
    expect(baseOf(sum, '0.18')).toBe(base)
    expect(amountOf(sum, '0.18')).toBe(tax)
  })

  it('[FM-D-102] base + IGV = total, always; and the base is total / (1 + rate) half-up', () => {
    fc.assert(
      fc.property(cents, rates, (sum, rate) => {
        const base = read(baseOf(write(sum), rate.text))
        expect(base + read(amountOf(write(sum), rate.text))).toBe(sum)
        expect(base).toBe(halfUp(sum * 10_000n, 10_000n + BigInt(rate.parts)))
      }),
    )
  })

  it('what is no amount or no rate is refused, never counted as something else', () => {
    for (const bad of ['', '1,000.00', 'x', '1e3', '12.']) expect(() => amount(bad, '0.18')).toThrow(TypeError)
    for (const bad of ['18', '-0.18', '', '18%']) expect(() => amount('100.00', bad)).toThrow(TypeError)
    expect(() => amount(100 as unknown as string, '0.18')).toThrow(TypeError)
  })
})

describe('the rate of a day', () => {
  const history: RateFrom[] = [
    { from: '2026-07-01', rate: '0.19' },
    { from: '2011-03-01', rate: '0.18' },
    { from: '2027-01-01', rate: '0.175' },
  ]
  it('[FM-D-112] is that of the row that began last; the day of a change counts already', () => {
    expect(rateOn(history, '2026-06-30')).toBe('0.18')
    expect(rateOn(history, '2026-07-01')).toBe('0.19')
    expect(rateOn(history, '2026-12-31T23:59:00-05:00')).toBe('0.19')
    expect(rateOn(history, '2030-01-01')).toBe('0.175')
    expect(rateOn(history, '2011-02-28')).toBeNull()
    expect(() => rateOn(history, 'ayer')).toThrow(TypeError)
  })

  it('a later change never alters the rate of a day before it', () => {
    const days = fc.date({ min: new Date('2011-03-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(days, days, (one, other) => {
        const [early, late] = [one, other].map((day) => day.toISOString().slice(0, 10)).sort() as [string, string]
        fc.pre(early < late)
        expect(rateOn([...history, { from: late, rate: '0.10' }], early)).toBe(rateOn(history, early))
      }),
    )
  })
})
