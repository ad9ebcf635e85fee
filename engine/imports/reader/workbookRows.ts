import { readSheet } from 'read-excel-file/node'
import type { RawCell } from './SheetLine.ts'

/** The rows of a workbook's first sheet; formulas by the value that was saved with them. */
export async function workbookRows(content: Buffer): Promise<RawCell[][]> {
  const rows = await readSheet(content, 1, { parseNumber: (text: string) => ({ n: text }), trim: false })
  return rows.map((row) => row.map(rawCell))
}

function rawCell(cell: unknown): RawCell {
  if (cell === null || cell === undefined) return null
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : { d: cell.toISOString().slice(0, 19) }
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell
  if (typeof cell === 'object' && 'n' in cell) return { n: digitsOf(String(cell.n)) }
  return JSON.stringify(cell)
}

/** Excel counts with fifteen digits, and writes 1.1 as 1.1000000000000001 and long numbers as 2.0100070970E10. */
function digitsOf(text: string): string {
  const value = Number(text)
  const isPlain = /^-?\d{1,15}(\.\d{1,10})?$/.test(text) && text.replace(/\D/g, '').length <= 15
  return isPlain || !Number.isFinite(value) ? text : String(Number(value.toPrecision(15)))
}
