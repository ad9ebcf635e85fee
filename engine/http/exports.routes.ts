import { beginExport, cancelExport, findExports, getExport, openExport } from '../exportJobs/index.ts'
import { exportTypes } from '../exports/index.ts'
import { filtersOf } from './filtersOf.ts'
import type { Handlers } from './Handler.ts'
import { chosenOf, queryOf } from './listQuery.ts'
import { formatOf, sendFile } from './sendFile.ts'

export const exportHandlers: Handlers = {
  beginExport: (call) =>
    beginExport(call.ctx, {
      kind: 'list',
      entity: call.param('entity'),
      ...queryOf(call),
      ...chosenOf(call),
      format: formatOf(call),
      shape: call.query('shape') === 'import' ? 'import' : 'people',
    }),
  beginReportExport: (call) =>
    beginExport(call.ctx, {
      ...{ kind: 'report', report: call.param('report') },
      ...{ ...queryOf(call), format: formatOf(call) },
    }),
  beginAuditExport: (call) => beginExport(call.ctx, { kind: 'audit', ...filtersOf(call), format: formatOf(call) }),
  listExports: ({ ctx }) => findExports(ctx),
  getExport: ({ ctx, param }) => getExport(ctx, param('id')),
  cancelExport: ({ ctx, param }) => cancelExport(ctx, param('id')),
  getExportFile: async (call) => {
    const { job, stream } = await openExport(call.ctx, call.param('id'))
    await sendFile(call, { name: job.name, type: exportTypes[job.format], content: stream })
  },
}
