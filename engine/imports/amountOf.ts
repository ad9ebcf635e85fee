import { Decimal } from 'decimal.js'
import type { FormSchema } from '#forms'
import type { ImportCell } from '../persistence/index.ts'
import type { CellReading } from './CellReading.ts'

/** Signs of money and blanks around a number. */
const SIGNS = /^(-?)\s*(?:S\/\.?|US\$|USD|PEN|EUR|[$€])?\s*(.*?)\s*$/i

/**
 * An amount, rate or percentage as text, digit by digit: `S/ 1,234.50`, `1 234.50`, `1234,5`. A percentage is written as
 * people say it, 18 or 18%, and kept as 0.18; a bare number below one that a spreadsheet may show as a percentage says
 * both 0.5% and 50%, and is asked about instead of guessed.
 */
export function amountOf(schema: FormSchema, cell: ImportCell, text: string): CellReading {
  const isPercent = (schema['x-decimal'] as { percent?: boolean } | undefined)?.percent === true
  const hasSign = text.endsWith('%')
  const plain = plainNumber(hasSign ? text.slice(0, -1) : text)
  if (plain === null || (hasSign && !isPercent)) return { problem: `«${text}» no es un número válido` }
  if (!isPercent) return { value: plain }
  const percent = new Decimal(plain)
  const isBare = typeof cell === 'object' && !hasSign
  if (isBare && !percent.isZero() && percent.abs().lt(1)) {
    return { problem: `No se sabe si «${text}» es ${percent.times(100).toFixed()}% o ${text}%: escríbalo con %` }
  }
  return { value: percent.div(100).toFixed() }
}

function plainNumber(given: string): string | null {
  const [, sign = '', rest = ''] = SIGNS.exec(given.trim()) ?? []
  const text = rest.replace(/\s(?=\d{3}(\D|$))/g, '')
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
  // A comma that cannot part thousands parts decimals.
  const plain = /^\d+,\d{1,2}$/.test(grouped) ? grouped.replace(',', '.') : grouped
  if (!/^\d{1,18}(\.\d{1,20})?$/.test(plain)) return null
  return sign + plain
}
