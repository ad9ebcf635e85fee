import { parseDay } from '../parseDay.ts'
import { pastedRows } from './pastedRows.ts'

describe('rows pasted from a spreadsheet', () => {
  const columns: Parameters<typeof pastedRows>[1] = [
    ['nombre', { type: 'string' }],
    ['desde', { type: 'string', format: 'date' }],
    ['monto', { type: 'string', 'x-money': 'PEN' }],
    ['cuota', { type: 'string', 'x-decimal': { percent: true } }],
    ['activo', { type: 'boolean' }],
    ['tipo', { oneOf: [{ const: 'a', title: 'Alta' }] }],
  ]
  it('reads each cell as its column is', () => {
    expect(pastedRows('Ana\t1/7/26\tS/ 1,234.50\t18%\tSí\tALTA\r\n', columns)).toEqual([
      { nombre: 'Ana', desde: '2026-07-01', monto: '1234.50', cuota: '0.18', activo: true, tipo: 'a' },
    ])
  })
  it('finds the columns by a line of headings, in any order', () => {
    expect(pastedRows('Monto *\tNOMBRE\tOtro\n2\tAna\tx\n\n3.5\tEva\ty\n', columns)).toEqual([
      { nombre: 'Ana', monto: '2.00' },
      { nombre: 'Eva', monto: '3.50' },
    ])
  })
  it('keeps what it cannot read, so that the check says so beside it', () => {
    expect(pastedRows('mañana', columns, 1)).toEqual([{ desde: 'mañana' }])
  })
  it('reads days as people write them, and refuses impossible ones', () => {
    expect(parseDay('28/07/2026')).toBe('2026-07-28')
    expect(parseDay('1-7-2026')).toBe('2026-07-01')
    expect(parseDay('31/02/2026')).toBeNull()
  })
})
