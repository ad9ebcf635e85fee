import type { Json } from '#forms'
import { CauceError } from '../errors.ts'
import { findReportRows, listReports, runReport } from '../reports/index.ts'
import type { Handlers } from './Handler.ts'
import { queryOf } from './listQuery.ts'

export const reportHandlers: Handlers = {
  listReports: ({ ctx }) => listReports(ctx),
  runReport: (call) => runReport(call.ctx, { report: call.param('report'), ...queryOf(call) }),
  listReportRows: (call) =>
    findReportRows(call.ctx, {
      ...{ report: call.param('report'), path: pathOf(call.query('path') ?? '[]') },
      ...{ ...queryOf(call), ...call.page() },
    }),
}

/** `["a",null]`: the values of a group, from the outermost level. */
function pathOf(text: string): Json[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value as Json[]
  } catch {
    // told below
  }
  throw new CauceError('request.invalid')
}
