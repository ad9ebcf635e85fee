import type { FormSchema, Json, JsonObject } from '#forms'
import { optionsOf, shiftPoint } from '../values/formatValue.ts'
import { parseDay } from './parseDay.ts'

/**
 * Rows pasted from a spreadsheet (tab-separated), as rows of a sub-list: cells fill the columns from `from` on. A cell
 * that cannot be what its column is stays as typed, so that the check can say so beside it.
 */
export function pastedRows(text: string, columns: [string, FormSchema][], from = 0): JsonObject[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const row: JsonObject = {}
      line.split('\t').forEach((cell, index) => {
        const column = columns[from + index]
        if (!column || cell.trim() === '') return
        row[column[0]] = cellValue(cell.trim(), column[1])
      })
      return row
    })
}

/** What a person pasted, as the column holds it. */
function cellValue(cell: string, schema: FormSchema): Json {
  if (schema.type === 'boolean') return /^(s[ií]|x|1|true|verdadero|yes)$/i.test(cell)
  if (schema.type === 'integer') return /^-?[\d,]+$/.test(cell) ? Number(cell.replaceAll(',', '')) : cell
  if (schema['x-decimal'] !== undefined || schema['x-money'] !== undefined) {
    const bare = cell.replace(/^[^\d-]*/, '').replace(/[\s,%]/g, '')
    if (!/^-?\d+(\.\d+)?$/.test(bare)) return cell
    return cell.trim().endsWith('%') ? shiftPoint(bare, -2) : bare
  }
  if (schema.format === 'date') return parseDay(cell) ?? cell
  const option = optionsOf(schema)?.find((candidate) => candidate.label.toLowerCase() === cell.toLowerCase())
  return option?.value ?? cell
}
