import type { Readable } from 'node:stream'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { writeSheet, type Cell, type ExportFormat } from '../exports/index.ts'
import type { ImportCell, ImportDoc, ImportRowDoc } from '../persistence/index.ts'
import { cellText } from './cellValue.ts'
import { ownImport } from './demandImport.ts'

const BATCH = 500

/** Which rows somebody wants, and what their column is called. */
const KINDS = {
  errors: { filter: { outcome: 'error' }, count: 'errors', title: 'Errores', name: 'errores', told: 'issues' },
  warnings: {
    filter: { warned: true },
    count: 'warned',
    title: 'Advertencias',
    name: 'advertencias',
    told: 'warnings',
  },
} as const
type Kind = (typeof KINDS)[keyof typeof KINDS]

/** The rows with errors (or warnings) as they came, with what is wrong beside them: to be mended and brought in again. 403, 404 */
export async function importErrors(
  ctx: Ctx,
  input: { entity: string; id: string; format: ExportFormat; rows: keyof typeof KINDS },
): Promise<{ name: string; stream: Readable }> {
  const { entity: key, format } = input
  const { job } = await ownImport(ctx, key, input.id)
  const kind = KINDS[input.rows]
  const details = { format, import: job._id, rows: job.counts[kind.count] }
  await ctx.transaction((db) => writeAudit(ctx, db, { action: 'record.exported', entity: key, details }))
  const stream = writeSheet(format, {
    title: '',
    notes: [],
    columns: [...job.columns, kind.title].map((title) => ({ title, width: 24 })),
    batches: rowsOf(ctx, job, kind),
  })
  return { name: `${key}-${kind.name}.${format}`, stream }
}

async function* rowsOf(ctx: Ctx, job: ImportDoc, { filter, told }: Kind): AsyncGenerator<Cell[][]> {
  for (let last = 0; ;) {
    const wanted = { import: job._id, ...filter, number: { $gt: last } }
    const heads = await ctx.db.importRows.find(wanted, { sort: { number: 1 }, limit: BATCH })
    if (heads.length === 0) return
    const cells: Cell[][] = []
    for (const head of heads) {
      cells.push([...cellsOf(job, head), head[told].map(({ message }) => message).join('\n')])
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
