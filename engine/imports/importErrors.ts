import type { Readable } from 'node:stream'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { writeSheet, type Cell, type ExportFormat } from '../exports/index.ts'
import type { ImportCell, ImportDoc, ImportRowDoc } from '../persistence/index.ts'
import { cellText } from './cellValue.ts'
import { ownImport } from './demandImport.ts'

const BATCH = 500

/** The rows with errors as they came, with what is wrong beside them: to be mended and brought in again. 403, 404 */
export async function importErrors(
  ctx: Ctx,
  key: string,
  id: string,
  format: ExportFormat,
): Promise<{ name: string; stream: Readable }> {
  const { job } = await ownImport(ctx, key, id)
  const details = { format, import: job._id, rows: job.counts.errors }
  await ctx.transaction((db) => writeAudit(ctx, db, { action: 'record.exported', entity: key, details }))
  const stream = writeSheet(format, {
    title: '',
    notes: [],
    columns: [...job.columns, 'Errores'].map((title) => ({ title, width: 24 })),
    batches: rowsOf(ctx, job),
  })
  return { name: `${key}-errores.${format}`, stream }
}

async function* rowsOf(ctx: Ctx, job: ImportDoc): AsyncGenerator<Cell[][]> {
  for (let last = 0; ;) {
    const failed = { import: job._id, outcome: 'error', number: { $gt: last } }
    const heads = await ctx.db.importRows.find(failed, { sort: { number: 1 }, limit: BATCH })
    if (heads.length === 0) return
    const cells: Cell[][] = []
    for (const head of heads) {
      cells.push([...cellsOf(job, head), head.issues.map(({ message }) => message).join('\n')])
      for (const part of await partsOf(ctx, job, head)) cells.push([...cellsOf(job, part), null])
    }
    yield cells
    last = heads.at(-1)!.number
  }
}

/** The rows that go on with the sub-lists of a record. */
async function partsOf(ctx: Ctx, job: ImportDoc, head: ImportRowDoc): Promise<ImportRowDoc[]> {
  if (!job.mapping.some((name) => name?.includes('.'))) return []
  const after = { import: job._id, number: { $gt: head.number } }
  const next = await ctx.db.importRows.findOne({ ...after, outcome: { $ne: 'part' } }, { sort: { number: 1 } })
  const until = next ? { $gt: head.number, $lt: next.number } : { $gt: head.number }
  return ctx.db.importRows.find({ import: job._id, outcome: 'part', number: until }, { sort: { number: 1 } })
}

const cellsOf = (job: ImportDoc, row: ImportRowDoc): Cell[] => job.columns.map((_, index) => cellOut(row.cells[index]))

function cellOut(cell: ImportCell | undefined): Cell {
  const isNumber = typeof cell === 'object' && cell !== null && 'n' in cell
  return isNumber && Number.isSafeInteger(Number(cell.n)) ? Number(cell.n) : cellText(cell) || null
}
