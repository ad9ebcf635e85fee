import type { ImportRowView, ImportView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { ImportDoc, ImportRowDoc } from '../persistence/index.ts'
import { cellText } from './cellValue.ts'
import { importTargets } from './importTargets.ts'

/** Rows that the page shows of each kind. */
export const SHOWN_ROWS = 20

/** An import as its owner sees it: what can be chosen, how far it is, its first rows and its first errors. */
export async function importView(ctx: Ctx, entity: EntityInPack, job: ImportDoc): Promise<ImportView> {
  const ofJob = { import: job._id }
  const [first, errors, warnings] = await Promise.all([
    ctx.db.importRows.find(ofJob, { sort: { number: 1 }, limit: SHOWN_ROWS }),
    ctx.db.importRows.find({ ...ofJob, outcome: 'error' }, { sort: { number: 1 }, limit: SHOWN_ROWS }),
    ctx.db.importRows.find({ ...ofJob, warned: true }, { sort: { number: 1 }, limit: SHOWN_ROWS }),
  ])
  const targets = await importTargets(ctx, entity)
  const isRead = job.status !== 'reading'
  return {
    id: job._id,
    entity: job.entity,
    fileName: job.fileName,
    status: job.status,
    columns: job.columns.map((title, index) => ({
      title,
      target: job.mapping[index] ?? null,
      samples: isRead ? first.slice(0, 3).map((row) => cellText(row.cells[index]).slice(0, 100)) : [],
    })),
    targets: targets.map(({ name, title, required, list }) => ({ name, title, required, list: list !== null })),
    fixed: job.fixed,
    mode: job.mode,
    warned: job.warned,
    counts: job.counts,
    done: job.cursor,
    preview: first.filter((row) => row.texts !== null || row.outcome === 'error').map(rowView),
    errors: errors.map(rowView),
    warnings: warnings.map(rowView),
    problem: job.problem,
    startedAt: job.startedAt.toISOString(),
    endedAt: job.endedAt?.toISOString() ?? null,
  }
}

const rowView = ({ number, outcome, texts, issues, warnings, record }: ImportRowDoc): ImportRowView => ({
  number,
  outcome,
  texts: texts ?? {},
  issues: issues.map(({ message }) => message),
  warnings: warnings.map(({ message }) => message),
  record,
})
