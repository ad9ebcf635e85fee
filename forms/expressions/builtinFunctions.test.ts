import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import type { Json } from '../types.ts'
import { builtinFunctions } from './builtinFunctions.ts'
import { createBusinessFunctions } from './createBusinessFunctions.ts'

function call(name: string, ...args: Json[]): unknown {
  return (builtinFunctions[name] as (...args: Json[]) => unknown)(...args)
}

const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => (n / 100).toFixed(2))

describe('money functions', () => {
  it.each<[string, Json[], unknown]>([
    ['money.add', ['0.10', '0.20'], '0.30'],
    ['money.subtract', ['1.00', '0.99'], '0.01'],
    ['money.multiply', ['19.99', '0.18'], '3.5982'],
    ['money.multiply', ['19.99', '0.18', 2], '3.60'],
    ['money.divide', ['10', '3', 2], '3.33'],
    ['money.divide', ['10', '0'], null],
    ['money.round', ['1.005'], '1.01'],
    ['money.round', ['-1.005'], '-1.01'],
    ['money.round', ['2.5', 0], '3'],
    ['money.sum', [['1.10', null, '2.20']], '3.30'],
    ['money.sum', [[]], '0'],
    ['money.gt', ['10', '9'], true],
    ['money.lt', ['10', '9'], false],
    ['money.eq', ['1.0', '1.00'], true],
    ['money.isZero', ['0.00'], true],
    ['money.convert', ['100', 'USD', { currency: 'USD', local: 'PEN', rate: '3.75' }], '375'],
    ['money.convert', ['375', 'PEN', { currency: 'USD', local: 'PEN', rate: '3.75' }], '100.0000000000'],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected)
  })

  it('adds exactly, in any order, and subtracting undoes adding', () => {
    fc.assert(
      fc.property(cents, cents, cents, (a, b, c) => {
        expect(call('money.add', a, b)).toBe(call('money.add', b, a))
        expect(call('money.add', call('money.add', a, b) as string, c)).toBe(call('money.sum', [a, b, c]))
        expect(call('money.subtract', call('money.add', a, b) as string, b)).toBe(a)
      }),
    )
  })

  it('rounds half away from zero, as on an invoice', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (thousandths) => {
        const amount = new Decimal(thousandths).div(1000)
        const expected = amount
          .abs()
          .mul(100)
          .add('0.5')
          .floor()
          .div(100)
          .mul(amount.isNegative() ? -1 : 1)
        expect(new Decimal(call('money.round', amount.toFixed(3)) as string).eq(expected)).toBe(true)
      }),
    )
  })

  it.each([['1e5'], ['abc'], [''], [true], ['1,5'], [Infinity]])('refuses %j as an amount', (value) => {
    expect(() => call('money.add', value as Json, '1')).toThrow(TypeError)
  })
})

describe('text functions', () => {
  it('folds accents and case, and keeps only digits', () => {
    expect(call('text.fold', 'Ñandú Ácido')).toBe('nandu acido')
    expect(call('text.digits', '+51 987 654-321')).toBe('51987654321')
  })
})

describe('business days', () => {
  // Fiestas Patrias 2026 fall on Tuesday 28 and Wednesday 29 of July.
  const functions = createBusinessFunctions(['2026-07-28', '2026-07-29'], 'America/Lima')
  const add = functions['business.add'] as (from: Json, days: Json) => unknown
  const between = functions['business.between'] as (from: Json, to: Json) => number
  const isDay = functions['business.isDay'] as (day: Json) => boolean

  it('skips weekends and holidays', () => {
    expect(add('2026-07-24', 1)).toBe('2026-07-27')
    expect(add('2026-07-27', 1)).toBe('2026-07-30')
    expect(add('2026-07-30', -1)).toBe('2026-07-27')
    expect(isDay('2026-07-28')).toBe(false)
    expect(isDay('2026-07-25')).toBe(false)
    expect(isDay('2026-07-30')).toBe(true)
  })

  it('keeps the hour of an instant, read in the zone', () => {
    // Friday 24, 23:00 in Lima, although it is Saturday in UTC.
    expect(add('2026-07-25T04:00:00Z', 1)).toBe('2026-07-28T04:00:00Z')
  })

  it('between undoes add', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (date, days) => {
        const from = date.toISOString().slice(0, 10)
        expect(between(from, add(from, days) as string)).toBe(days)
      }),
    )
  })

  it.each([['tomorrow'], [3], [null]])('refuses %j as a day', (value) => {
    expect(() => add(value, 1)).toThrow(TypeError)
  })
})
