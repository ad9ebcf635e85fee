import { auditDetail, auditView, exportAudit, findAudit } from '../auditReport/index.ts'
import type { Handlers } from './Handler.ts'
import { filtersOf } from './filtersOf.ts'
import { sendSheet } from './sendFile.ts'

export const auditHandlers: Handlers = {
  getAuditFilters: ({ ctx }) => auditView(ctx),
  listAudit: (call) => findAudit(call.ctx, { ...filtersOf(call), ...call.page() }),
  getAuditRow: ({ ctx, param }) => auditDetail(ctx, param('id')),
  exportAudit: (call) => sendSheet(call, (format) => exportAudit(call.ctx, { ...filtersOf(call), format })),
}
