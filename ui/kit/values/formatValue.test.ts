import {
  currencyOf,
  decimalOf,
  formatBytes,
  formatDate,
  formatDateTime,
  formatDecimal,
  optionsOf,
  padFraction,
  shiftPoint,
} from './formatValue.ts'

describe('how values are shown', () => {
  it('writes dates DD/MM/AAAA, in the day of Lima', () => {
    expect(formatDate('2026-07-28')).toBe('28/07/2026')
    expect(formatDate('2026-07-29T03:30:00Z')).toBe('28/07/2026')
    expect(formatDateTime('2026-07-29T03:30:00Z')).toBe('28/07/2026 22:30')
    expect(formatDate('mañana')).toBe('mañana')
  })
  it('separates thousands of a decimal string without losing a digit', () => {
    expect(formatDecimal('1234567.5')).toBe('1,234,567.50')
    expect(formatDecimal('-99999999999999999999.99')).toBe('-99,999,999,999,999,999,999.99')
    expect(formatDecimal('7', 0)).toBe('7')
    expect(formatDecimal('x')).toBe('x')
  })
  it('moves the point of a percentage exactly', () => {
    expect(shiftPoint('0.18', 2)).toBe('18')
    expect(shiftPoint('18', -2)).toBe('0.18')
    expect(shiftPoint('0.075', 2)).toBe('7.5')
    expect(shiftPoint('7.5', -2)).toBe('0.075')
    expect(shiftPoint('100', -2)).toBe('1')
  })
  it('shows the cents of an amount', () => {
    expect(padFraction('7.5', 2)).toBe('7.50')
    expect(padFraction('7', 2)).toBe('7.00')
    expect(padFraction('x', 2)).toBe('x')
  })
  it('reads scale, percent and currency from the annotations', () => {
    expect(decimalOf({ 'x-decimal': { scale: 4, percent: true } })).toEqual({ scale: 4, percent: true })
    expect(decimalOf({ 'x-money': 'PEN' })).toEqual({ scale: 2, percent: false })
    expect(decimalOf({ type: 'string' })).toBeNull()
    expect(currencyOf({ 'x-money': 'moneda' }, { moneda: 'USD' })).toBe('USD')
    expect(currencyOf({ 'x-money': 'PEN' }, {})).toBe('PEN')
  })
  it('says sizes in the units of the limits', () => {
    expect(formatBytes(5 * 1024 ** 2)).toBe('5 MB')
    expect(formatBytes(1536)).toBe('2 KB')
  })
  it('offers the choices of oneOf and enum', () => {
    expect(optionsOf({ oneOf: [{ const: 'PEN', title: 'Soles' }] })).toEqual([{ value: 'PEN', label: 'Soles' }])
    expect(optionsOf({ enum: ['A', null] })).toEqual([{ value: 'A', label: 'A' }])
    expect(optionsOf({ type: 'string' })).toBeNull()
  })
})
