import type { ExportView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import { entityOf } from '../packs/index.ts'
import type { ExportDoc } from '../persistence/index.ts'

/** An export as its owner sees it. */
export async function exportView(ctx: Ctx, job: ExportDoc): Promise<ExportView> {
  return {
    id: job._id,
    entity: job.entity,
    title: await titleOf(ctx, job.entity),
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
  }
}

/** What the records are called. */
export async function titleOf(ctx: Ctx, key: string): Promise<string> {
  const { definition } = await entityOf(ctx, key)
  return definition['x-title-plural'] ?? definition.title
}
