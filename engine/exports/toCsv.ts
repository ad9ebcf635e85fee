import { Readable } from 'node:stream'
import { looksLikeFormula } from './formulaText.ts'
import { cellsOf, type Cell, type Sheet } from './Sheet.ts'

/**
 * UTF-8 with a byte order mark, commas, CRLF (RFC 4180). A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, the sign for "this is text".
 */
export function toCsv(sheet: Sheet): Readable {
  return Readable.from(lines(sheet), { objectMode: false })
}

async function* lines({ columns, batches }: Sheet): AsyncGenerator<string> {
  yield '\uFEFF' + lineOf(columns.map((column) => column.title))
  for await (const batch of batches) yield batch.map((row) => lineOf(cellsOf(row))).join('')
}

const lineOf = (cells: Cell[]): string => `${cells.map(fieldOf).join(',')}\r\n`

function fieldOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = looksLikeFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
