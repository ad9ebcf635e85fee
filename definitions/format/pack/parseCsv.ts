import type { JsonObject } from '#forms'

/** Rows of a catalogue kept as CSV (comma, double quotes, first line = column names, RFC 4180). Empty cells are left out. */
export function parseCsv(text: string): JsonObject[] {
  const [header = [], ...lines] = splitCsv(text)
  return lines.map((cells) => {
    const row: JsonObject = {}
    for (const [index, name] of header.entries()) if (cells[index]) row[name] = cells[index]
    return row
  })
}

function splitCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text)
    if (!match) break
    const [, raw = '', end] = match
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === ',') {
      if (cell.lastIndex === text.length) row.push('')
      else continue
    }
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
