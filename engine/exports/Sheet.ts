export type Cell = string | number | null

/** `total`: a line that sums up others, drawn to be seen. */
export type SheetRow = Cell[] | { total: Cell[] }

export const cellsOf = (row: SheetRow): Cell[] => (Array.isArray(row) ? row : row.total)
export const isTotal = (row: SheetRow): boolean => !Array.isArray(row)

/** A table on its way out, whatever format it takes. */
export interface Sheet {
  /** Stands over the table; '': the table begins with its first line, to be read by a program. */
  title: string
  /** Lines under the title: what was chosen, who exported it and when. */
  notes: string[]
  /** `width`: its share of the page, in characters. `decimals`: of its numbers on paper, with thousands separated. */
  columns: { title: string; width: number; decimals?: number }[]
  /** Rows in batches, read while the file is written: nothing holds them all. */
  batches: AsyncIterable<SheetRow[]>
}

export type ExportFormat = 'csv' | 'xlsx' | 'pdf'

/** Records that a file of each kind may hold: a spreadsheet that opens, a report that people read. */
export const MOST_RECORDS: Record<ExportFormat, number> = { csv: 1_000_000, xlsx: 100_000, pdf: 5_000 }

export const exportTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}
