import { pipeline } from 'node:stream/promises'
import { auditDetail, auditView, exportAudit, findAudit, type AuditQuery } from '../auditReport/index.ts'
import { CauceError } from '../errors.ts'
import { exportTypes, type ExportFormat } from '../exports/index.ts'
import type { Call, Handlers } from './Handler.ts'
import { filtersOf } from './filtersOf.ts'

export const auditHandlers: Handlers = {
  getAuditFilters: ({ ctx }) => auditView(ctx),
  listAudit: (call) => findAudit(call.ctx, { ...filtersOf(call), ...call.page() }),
  getAuditRow: ({ ctx, param }) => auditDetail(ctx, param('id')),
  exportAudit: async (call) => {
    const { ctx, res } = call
    const format = formatOf(call)
    const query: AuditQuery = filtersOf(call)
    const { name, stream } = await exportAudit(ctx, { ...query, format })
    res.setHeader('content-type', exportTypes[format])
    res.setHeader('content-disposition', `attachment; filename="${name}"`)
    res.setHeader('cache-control', 'private, no-store')
    await pipeline(stream, res)
  },
}

function formatOf({ query }: Call): ExportFormat {
  const format = query('format') ?? 'xlsx'
  if (!Object.hasOwn(exportTypes, format)) throw new CauceError('request.invalid')
  return format as ExportFormat
}
