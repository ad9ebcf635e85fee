export type Cell = string | number | null

/** A table on its way out, whatever format it takes. */
export interface Sheet {
  /** Stands over the table; '': the table begins with its first line, to be read by a program. */
  title: string
  /** Lines under the title: what was chosen, who exported it and when. */
  notes: string[]
  /** `width`: its share of the page, in characters. */
  columns: { title: string; width: number }[]
  /** Rows in batches, read while the file is written: nothing holds them all. */
  batches: AsyncIterable<Cell[][]>
}

export type ExportFormat = 'csv' | 'xlsx' | 'pdf'

export const exportTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}
