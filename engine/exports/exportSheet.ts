import type { Readable } from 'node:stream'
import { todayIn } from '#forms'
import { writeAudit, type AuditInput } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db } from '../persistence/index.ts'
import { plainMoment } from './plainMoment.ts'
import type { ExportFormat, Sheet } from './Sheet.ts'
import { writeSheet } from './writeSheet.ts'

export interface SheetExport {
  /** Begins the name of the file; the day follows. */
  name: string
  /** What it is about, for people. */
  title: string
  /** For a program to read: nothing stands over its table. */
  isBare?: boolean
  format: ExportFormat
  /** Rows that a file of each kind may hold. */
  most: Record<ExportFormat, number>
  /** How many rows there are; more than `limit` need not be counted. */
  count: (limit: number) => Promise<number>
  /** The filters in words, for the head of the file and for the audit. */
  chosen: string[]
  audit: Pick<AuditInput, 'action' | 'entity' | 'thing' | 'details'>
  columns: Sheet['columns']
  /** `onRead` is told how many records went in, batch by batch. */
  batches: (onRead: (records: number) => void) => Sheet['batches']
}

/**
 * Rows as a file with its head (what was chosen, who took it and when), as a row of the audit. The rights are the
 * caller's affair. @throws 422 `export.too-many` with more rows than a file of this kind may hold
 */
export async function exportSheet(ctx: Ctx, input: SheetExport): Promise<{ name: string; stream: Readable }> {
  const rows = await countRows(input)
  await ctx.transaction((db) => noteExport(ctx, db, input, rows))
  return { name: fileNameOf(ctx, input), stream: streamOf(ctx, input, rows) }
}

/** How many rows there will be. @throws 422 `export.too-many`, which says what takes so many */
export async function countRows({ format, most, count }: SheetExport): Promise<number> {
  const rows = await count(most[format] + 1)
  if (rows <= most[format]) return rows
  const all = await count(Math.max(...Object.values(most)) + 1)
  throw new CauceError('export.too-many', { max: counted(most[format]), other: otherFormats(format, most, all) })
}

/** Writes into the audit that these rows leave the product. */
export async function noteExport(
  ctx: Ctx,
  db: Db,
  { format, chosen, audit }: SheetExport,
  rows: number,
): Promise<void> {
  await writeAudit(ctx, db, { ...audit, details: { ...audit.details, format, filters: chosen, rows } })
}

export const fileNameOf = (ctx: Ctx, { name, format }: SheetExport): string =>
  `${name}-${todayIn(ctx.clock.now(), ctx.config.timeZone)}.${format}`

/** The file, written while it is read. */
export function streamOf(
  ctx: Ctx,
  { format, title, isBare = false, chosen, columns, batches }: SheetExport,
  rows: number,
  onRead: (records: number) => void = () => undefined,
): Readable {
  const notes = [
    chosen.length > 0 ? `Filtros: ${chosen.join('; ')}` : 'Filtros: ninguno',
    `Exportado por ${ctx.actor.name} el ${plainMoment(ctx.clock.now(), ctx.config.timeZone)} — ${counted(rows)} registros`,
  ]
  return writeSheet(format, { title: isBare ? '' : title, notes, columns, batches: batches(onRead) })
}

const counted = (rows: number): string => rows.toLocaleString('es-PE')

const NAMES: Record<ExportFormat, string> = { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' }

/** The formats that take so many rows, as the end of a sentence; '' where none does. */
function otherFormats(format: ExportFormat, most: SheetExport['most'], rows: number): string {
  const others = (['xlsx', 'csv'] as const).filter((other) => other !== format && most[other] >= rows)
  if (others.length === 0) return ''
  return ` o elija ${others.map((other) => `${NAMES[other]} (hasta ${counted(most[other])})`).join(' o ')}`
}
