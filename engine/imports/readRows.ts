import { PassThrough, type Readable } from 'node:stream'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { openFile } from '../files/index.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { ImportDoc, ImportRowDoc } from '../persistence/index.ts'
import { cellText, isBlank } from './cellValue.ts'
import { guessMapping } from './guessMapping.ts'
import { importTargets } from './importTargets.ts'
import { keepProgress } from './importJob.ts'
import { readSheetApart } from './reader/readSheetApart.ts'
import type { RawCell } from './reader/SheetLine.ts'

const BATCH = 1000
/** The titles stand within these rows: exports have a few lines above them. */
const HEAD_ROWS = 20
const MOST_ROWS = 100_000
/** Longest text that a cell of ours is given. */
const MOST_TEXT = 32_767

interface NumberedRow {
  number: number
  cells: RawCell[]
}

/** A workbook is opened whole before its first row comes: meanwhile the claim is kept alive this often. */
const BEAT_MS = 8_000

/**
 * Stores the rows of the uploaded sheet, so that what follows never needs the file again. It begins anew after a crash.
 * @throws 422 `import.file` with what is wrong with the file
 */
export async function readRows(ctx: Ctx, entity: EntityInPack, job: ImportDoc): Promise<void> {
  const beat = setInterval(() => void keepProgress(ctx, ctx.db, job, {}).catch(() => undefined), BEAT_MS)
  try {
    await storeRows(ctx, entity, job)
  } finally {
    clearInterval(beat)
  }
}

async function storeRows(ctx: Ctx, entity: EntityInPack, job: ImportDoc): Promise<void> {
  const targets = await importTargets(ctx, entity)
  await ctx.db.importRows.deleteMany({ import: job._id })
  const { stream } = await openFile(ctx, job.file)
  const rows = numbered(readSheetApart((stream as Readable).pipe(new PassThrough()), job.kind))
  const { columns, first } = await findHead(rows, (titles) => guessMapping(titles, targets).filter(Boolean).length)
  let batch: ImportRowDoc[] = []
  let count = 0
  const store = async (): Promise<void> => {
    await ctx.transaction(async (db) => {
      await db.importRows.insertMany(batch)
      await keepProgress(ctx, db, job, { counts: { ...job.counts, rows: count } })
    })
    batch = []
  }
  for await (const { number, cells } of chain(first, rows)) {
    const kept = cells.slice(0, columns.length)
    if (kept.every((cell) => isBlank(cell))) continue
    if ((count += 1) > MOST_ROWS) throw new CauceError('import.file', { why: 'tiene más de 100,000 filas. Divídalo' })
    batch.push(rowOf(ctx, job, number, kept))
    if (batch.length === BATCH) await store()
  }
  if (count === 0) throw new CauceError('import.file', { why: 'no tiene filas debajo de los títulos' })
  await store()
  await keepProgress(ctx, ctx.db, job, {
    status: 'ready',
    columns,
    mapping: guessMapping(columns, targets),
    counts: { ...job.counts, rows: count },
    lease: null,
  })
}

async function* numbered(rows: AsyncIterable<RawCell[]>): AsyncGenerator<NumberedRow> {
  let number = 0
  for await (const cells of rows) yield { number: (number += 1), cells }
}

async function* chain(first: NumberedRow[], rest: AsyncIterable<NumberedRow>): AsyncGenerator<NumberedRow> {
  yield* first
  yield* rest
}

/** The titles: of the first rows, the one that names most fields; else the first that says anything. */
async function findHead(
  rows: AsyncGenerator<NumberedRow>,
  fits: (titles: string[]) => number,
): Promise<{ columns: string[]; first: NumberedRow[] }> {
  const seen: NumberedRow[] = []
  while (seen.length < HEAD_ROWS) {
    const next = await rows.next()
    if (next.done) break
    seen.push(next.value)
  }
  const filled = seen.filter(({ cells }) => cells.some((cell) => !isBlank(cell)))
  if (filled.length === 0) throw new CauceError('import.file', { why: 'está vacío' })
  const titlesOf = ({ cells }: NumberedRow): string[] => cells.map((cell) => cellText(cell).trim())
  const head = filled.reduce((best, row) => (fits(titlesOf(row)) > fits(titlesOf(best)) ? row : best))
  const titles = titlesOf(head)
  const last = titles.findLastIndex((title) => title !== '')
  return { columns: titles.slice(0, last + 1), first: seen.filter(({ number }) => number > head.number) }
}

function rowOf(ctx: Ctx, job: ImportDoc, number: number, cells: RawCell[]): ImportRowDoc {
  return {
    _id: `${job._id}:${number}`,
    import: job._id,
    number,
    cells: cells.map((cell) => (typeof cell === 'string' ? cell.slice(0, MOST_TEXT) : cell)),
    outcome: null,
    data: null,
    keys: [],
    texts: null,
    issues: [],
    warnings: [],
    warned: false,
    record: null,
    applied: false,
    at: ctx.clock.now(),
  }
}
