import { auditDetail, auditView, findAudit } from '../auditReport/index.ts'
import type { Handlers } from './Handler.ts'
import { filtersOf } from './filtersOf.ts'

export const auditHandlers: Handlers = {
  getAuditFilters: ({ ctx }) => auditView(ctx),
  listAudit: (call) => findAudit(call.ctx, { ...filtersOf(call), ...call.page() }),
  getAuditRow: ({ ctx, param }) => auditDetail(ctx, param('id')),
}
