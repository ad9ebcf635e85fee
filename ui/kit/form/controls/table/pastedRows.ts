import { foldText, type FormSchema, type Json, type JsonObject } from '#forms'
import { decimalOf, optionsOf, padFraction, shiftPoint } from '../../../values/formatValue.ts'
import { parseDay } from '../parseDay.ts'
import { titleOf } from '../../schema/schemaAt.ts'

type Column = [string, FormSchema]

/**
 * Rows pasted from a spreadsheet (tab-separated), as rows of a sub-list. A first line that names the columns says which
 * cell is which; without it the cells fill the columns from `from` on. A cell that cannot be what its column is stays as
 * typed, so that the check can say so beside it.
 */
export function pastedRows(text: string, columns: Column[], from = 0): JsonObject[] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
  const named = namedColumns(lines[0] ?? [], columns)
  const places = named ?? columns.slice(from)
  return (named ? lines.slice(1) : lines)
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => {
      const row: JsonObject = {}
      cells.forEach((cell, index) => {
        const column = places[index]
        if (column && cell !== '') row[column[0]] = cellValue(cell, column[1])
      })
      return row
    })
}

const plain = (text: string) => foldText(text.replace(/[*:]/g, '').trim())

/** The columns that a line of headings names, in its order; null when it is no such line. */
function namedColumns(cells: string[], columns: Column[]): (Column | null)[] | null {
  const places = cells.map(
    (cell) => columns.find(([name, field]) => cell !== '' && plain(titleOf(field, name)) === plain(cell)) ?? null,
  )
  const found = places.filter((place) => place !== null).length
  return found > 0 && found * 2 >= cells.filter((cell) => cell !== '').length ? places : null
}

/** What a person pasted, as the column holds it. */
function cellValue(cell: string, schema: FormSchema): Json {
  if (schema.type === 'boolean') return /^(s[ií]|x|1|true|verdadero|yes)$/i.test(cell)
  if (schema.type === 'integer') return /^-?[\d,]+$/.test(cell) ? Number(cell.replaceAll(',', '')) : cell
  if (schema['x-decimal'] !== undefined || schema['x-money'] !== undefined) {
    const bare = cell.replace(/^[^\d-]*/, '').replace(/[\s,%]/g, '')
    if (!/^-?\d+(\.\d+)?$/.test(bare)) return cell
    if (cell.endsWith('%')) return shiftPoint(bare, -2)
    return schema['x-money'] === undefined ? bare : padFraction(bare, decimalOf(schema)?.scale ?? 2)
  }
  if (schema.format === 'date') return parseDay(cell) ?? cell
  const option = optionsOf(schema)?.find((candidate) => foldText(candidate.label) === foldText(cell))
  return option?.value ?? cell
}
