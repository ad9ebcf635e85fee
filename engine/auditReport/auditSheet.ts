import { demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { plainMoment, type Cell, type ExportFormat, type Sheet, type SheetExport } from '../exports/index.ts'
import type { AuditDoc, Filter } from '../persistence/index.ts'
import { auditChanges } from './auditChanges.ts'
import { auditFilters, type AuditQuery } from './auditFilter.ts'
import { auditRows } from './auditRows.ts'
import { AUDIT } from './auditScope.ts'
import { allOf, auditSelection } from './findAudit.ts'

/** Rows that one file may hold: Excel opens a million, a report that people read has an end. */
const MOST: Record<ExportFormat, number> = { csv: 200_000, xlsx: 200_000, pdf: 2_000 }
const BATCH = 500

export interface ExportAuditInput extends AuditQuery {
  format: ExportFormat
}

/** The selected rows as they would be written now, for this actor: those from before he asked for them. 400, 403 */
export async function auditSheet(ctx: Ctx, query: ExportAuditInput, askedAt: Date): Promise<SheetExport> {
  await demandAuditExport(ctx)
  const selection = await auditSelection(ctx, query)
  // What is written while the file is made (its own row, for one) is not in it.
  const filter = allOf({ at: { $lt: askedAt } }, selection)
  return {
    name: 'auditoria',
    title: 'Registro de auditoría',
    format: query.format,
    most: MOST,
    count: (limit) => ctx.db.audit.count(filter, limit),
    chosen: await chosenFilters(ctx, query),
    audit: { action: 'audit.exported', thing: AUDIT },
    columns,
    batches: (onRead) => batchesOf(ctx, filter, onRead),
  }
}

export const demandAuditExport = (ctx: Ctx): Promise<void> => demand(ctx, AUDIT, 'export')

const columns: Sheet['columns'] = [
  { title: 'Fecha y hora', width: 19 },
  { title: 'Usuario', width: 24 },
  { title: 'A nombre de', width: 16 },
  { title: 'Acción', width: 22 },
  { title: 'Módulo', width: 16 },
  { title: 'Registro', width: 22 },
  { title: 'Cambios', width: 60 },
  { title: 'IP', width: 15 },
]

/** Newest first, each batch from the moment where the one before ended: the index leads there, nothing is read twice. */
async function* batchesOf(ctx: Ctx, filter: Filter, onRead: (records: number) => void): AsyncGenerator<Cell[][]> {
  let from: Date | null = null
  let taken = new Set<string>()
  for (;;) {
    const rows: AuditDoc[] = await ctx.db.audit.find(from ? allOf({ at: { $lte: from } }, filter) : filter, {
      sort: { at: -1 },
      limit: BATCH + taken.size,
    })
    const known: Set<string> = taken
    const fresh = rows.filter((row) => !known.has(row._id))
    if (fresh.length === 0) return
    const cells = await cellsOf(ctx, fresh)
    onRead(fresh.length)
    yield cells
    const last: Date = rows.at(-1)!.at
    // Rows of one moment may stand on both sides of the edge.
    const edge = rows.filter((row) => row.at.getTime() === last.getTime()).map((row) => row._id)
    taken = new Set(from?.getTime() === last.getTime() ? [...known, ...edge] : edge)
    from = last
  }
}

async function cellsOf(ctx: Ctx, rows: AuditDoc[]): Promise<Cell[][]> {
  const [views, changes] = await Promise.all([auditRows(ctx, rows), auditChanges(ctx, rows)])
  return views.map((view) => [
    plainMoment(new Date(view.at), ctx.config.timeZone),
    view.email && view.email !== view.who ? `${view.who} (${view.email})` : view.who,
    view.onBehalf,
    view.actionTitle,
    view.moduleTitle,
    view.record?.label ?? null,
    (changes.get(view.id) ?? []).map((one) => `${one.title}: ${one.before || '—'} → ${one.after || '—'}`).join('\n') ||
      null,
    view.ip,
  ])
}

/** The filters in words, for the head of the file and for the audit. */
async function chosenFilters(ctx: Ctx, { filters, ranges }: AuditQuery): Promise<string[]> {
  return (await auditFilters(ctx)).flatMap(({ name, title, options }) => {
    const range = ranges[name]
    if (range) return [`${title}: ${range.from ?? '…'} a ${range.to ?? '…'}`]
    const values = filters[name]
    if (!values?.length) return []
    return [
      `${title}: ${values.map((value) => options?.find((one) => one.value === value)?.title ?? value).join(', ')}`,
    ]
  })
}
