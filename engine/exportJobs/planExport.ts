import { demand } from '../access/index.ts'
import { auditSheet, demandAuditExport, type ExportAuditInput } from '../auditReport/index.ts'
import type { Ctx } from '../context.ts'
import type { SheetExport } from '../exports/index.ts'
import { importLayout } from '../imports/index.ts'
import { recordSheet, type ExportRecordsInput } from '../records/index.ts'
import { reportForExport, reportSheet, type ExportReportInput } from '../reports/index.ts'

/** What somebody wants as a file. */
export type ExportRequest =
  /** `import`: as an import takes it back. */
  | (ExportRecordsInput & { kind: 'list'; shape: 'people' | 'import' })
  | (ExportReportInput & { kind: 'report' })
  | (ExportAuditInput & { kind: 'audit' })

/** The export as it would be written now, for this actor, of what there was when he asked. 400, 403, 404 */
export async function planExport(ctx: Ctx, request: ExportRequest, askedAt: Date): Promise<SheetExport> {
  if (request.kind === 'audit') return auditSheet(ctx, request, askedAt)
  if (request.kind === 'report') return reportSheet(ctx, request)
  return recordSheet(ctx, request, request.shape === 'import' ? await importLayout(ctx, request.entity) : undefined)
}

/** @throws 403, 404 for who may not take this out (any more) */
export async function demandExport(ctx: Ctx, request: ExportRequest): Promise<void> {
  if (request.kind === 'audit') await demandAuditExport(ctx)
  else if (request.kind === 'report') await reportForExport(ctx, request.report)
  else await demand(ctx, request.entity, 'export')
}

/** What was asked for, as it is kept. */
export const requestOf = (job: { request: string }): ExportRequest => JSON.parse(job.request) as ExportRequest
