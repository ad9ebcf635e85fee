import type { ExportView } from '#engine/contract'
import type { ExportDoc } from '../persistence/index.ts'

/** An export as its owner sees it. */
export const exportView = (job: ExportDoc): ExportView => ({
  id: job._id,
  entity: job.entity,
  title: job.title,
  format: job.format,
  name: job.name,
  status: job.status,
  rows: job.rows,
  done: job.done,
  size: job.size,
  problem: job.problem,
  startedAt: job.startedAt.toISOString(),
  endedAt: job.endedAt?.toISOString() ?? null,
  until: job.until?.toISOString() ?? null,
})
