import { pluralTitle } from '#definitions'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { leaveNotice } from '../notify/index.ts'
import { entityOf } from '../packs/index.ts'
import type { Db, ImportDoc } from '../persistence/index.ts'
import { currentImport, keepProgress } from './importJob.ts'

/** Ends an import: one row of the audit for all of it, and a notice to its owner, who may be elsewhere by now. */
export async function endImport(
  ctx: Ctx,
  db: Db,
  job: ImportDoc,
  end: { status: 'done' | 'stopped' | 'failed'; problem?: string },
): Promise<void> {
  const { counts, entity, fileName, mode, warned } = await currentImport(db, job)
  const leftOut = counts.warned > 0 && !warned ? `, ${counts.warned} con advertencias sin importar` : ''
  const now = ctx.clock.now()
  const problem = end.problem ?? null
  await keepProgress(ctx, db, job, { status: end.status, problem, endedAt: now, lease: null })
  await writeAudit(ctx, db, {
    action: 'record.imported',
    entity,
    details: { import: job._id, name: fileName, mode, result: end.status, ...counts },
  })
  const { definition } = await entityOf(ctx, entity)
  const about = `${pluralTitle(definition)}: ${fileName}`
  await leaveNotice(ctx, db, {
    user: job.user,
    subject: end.status === 'done' ? 'Importación terminada' : 'La importación se detuvo',
    text: `${about}. ${problem ?? `${counts.applied} filas importadas, ${counts.errors} con errores${leftOut}.`}`,
    link: `/registros/${encodeURIComponent(entity)}/importar?id=${job._id}`,
    urgency: end.status === 'done' ? 'info' : 'act',
  })
}
