import fc from 'fast-check'
import { convert, side } from './convert.ts'

const rate = { compra: '3.898', venta: '3.919' }
const read = (text: string): bigint => BigInt(text.replace('.', ''))
const write = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`

describe('conversion of soles and dollars', () => {
  it('[FM-10.1.4-10] soles to dollars at venta: S/ 1,000.00 at 3.919 = $ 255.17', () => {
    expect(side('PEN', 'USD')).toBe('venta')
    expect(convert('1000.00', 'PEN', 'USD', rate)).toBe('255.17')
  })
  it('[FM-10.1.4-11] dollars to soles at compra: $ 1,000.00 at 3.898 = S/ 3,898.00', () => {
    expect(side('USD', 'PEN')).toBe('compra')
    expect(convert('1000.00', 'USD', 'PEN', rate)).toBe('3898.00')
  })
  it('[FM-D-105] a purpose may always take one side, as tax rules take venta', () => {
    expect(convert('1000.00', 'USD', 'PEN', rate, 'venta')).toBe('3919.00')
    expect(convert('1000.00', 'PEN', 'USD', rate, 'compra')).toBe('256.54')
  })
  it('is the exact product or quotient, rounded half-up once', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 14n })
    const thousandths = fc.integer({ min: 2000, max: 6000 })
    fc.assert(
      fc.property(cents, thousandths, (amount, parts) => {
        const given = { compra: (parts / 1000).toFixed(3), venta: (parts / 1000).toFixed(3) }
        const factor = BigInt(parts)
        const product = amount * factor
        expect(read(convert(write(amount), 'USD', 'PEN', given)!)).toBe((product * 2n + 1000n) / 2000n)
        expect(read(convert(write(amount), 'PEN', 'USD', given)!)).toBe((amount * 2000n + factor) / (2n * factor))
      }),
    )
  })
  it('other currencies, amounts that are none and a rate of zero are refused', () => {
    expect(() => convert('1.00', 'EUR', 'PEN', rate)).toThrow('EUR')
    expect(() => convert('1,000.00', 'USD', 'PEN', rate)).toThrow(TypeError)
    expect(() => convert('1.00', 'USD', 'PEN', { compra: '0', venta: '0' })).toThrow('mayor que cero')
  })
})
