import type { Readable } from 'node:stream'
import { todayIn } from '#forms'
import { writeAudit, type AuditInput } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { plainMoment } from './plainMoment.ts'
import type { ExportFormat, Sheet } from './Sheet.ts'
import { writeSheet } from './writeSheet.ts'

export interface SheetExport {
  /** Begins the name of the file; the day follows. */
  name: string
  title: string
  format: ExportFormat
  /** Rows that a file of each kind may hold: a spreadsheet that opens, a report that people read. */
  most: Record<ExportFormat, number>
  /** How many rows there are; more than `limit` need not be counted. */
  count: (limit: number) => Promise<number>
  /** The filters in words, for the head of the file and for the audit. */
  chosen: string[]
  audit: Pick<AuditInput, 'action' | 'entity' | 'thing'>
  columns: Sheet['columns']
  batches: Sheet['batches']
}

/**
 * Rows as a file with its head (what was chosen, who took it and when), as a row of the audit. The rights are the
 * caller's affair. @throws 422 `export.too-many` with more rows than a file of this kind may hold
 */
export async function exportSheet(ctx: Ctx, input: SheetExport): Promise<{ name: string; stream: Readable }> {
  const { format, chosen, title, columns, batches } = input
  const most = input.most[format]
  const rows = await input.count(most + 1)
  if (rows > most) throw new CauceError('export.too-many', { max: most.toLocaleString('es-PE') })
  await ctx.transaction((db) => writeAudit(ctx, db, { ...input.audit, details: { format, filters: chosen, rows } }))
  const now = ctx.clock.now()
  const { timeZone } = ctx.config
  const notes = [
    chosen.length > 0 ? `Filtros: ${chosen.join('; ')}` : 'Filtros: ninguno',
    `Exportado por ${ctx.actor.name} el ${plainMoment(now, timeZone)} — ${rows.toLocaleString('es-PE')} registros`,
  ]
  return {
    name: `${input.name}-${todayIn(now, timeZone)}.${format}`,
    stream: writeSheet(format, { title, notes, columns, batches }),
  }
}
