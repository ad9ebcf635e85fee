import type { Readable } from 'node:stream'
import type { ExportFormat, Sheet } from './Sheet.ts'
import { toCsv } from './toCsv.ts'
import { toPdf } from './toPdf.ts'
import { toXlsxApart } from './toXlsxApart.ts'

const writers: Record<ExportFormat, (sheet: Sheet) => Readable> = { csv: toCsv, xlsx: toXlsxApart, pdf: toPdf }

/** The file as a stream: it is written while it is read, and an error of the rows destroys it. */
export const writeSheet = (format: ExportFormat, sheet: Sheet): Readable => writers[format](sheet)
