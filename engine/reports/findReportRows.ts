import type { ListView, RecordView } from '#engine/contract'
import type { Json } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { findRecords, type RecordQuery } from '../records/index.ts'
import { reportInHand } from './reportInHand.ts'
import { aboutOf, groupFilter, sortOf } from './selectForReport.ts'

export interface FindReportRowsInput extends RecordQuery {
  report: string
  /** Of the group whose records are asked for; [] for all of them. */
  path: Json[]
  page: number
  size: number
}

/** A page of the records in one group of a report. @throws 400 where the report shows no single records */
export async function findReportRows(ctx: Ctx, input: FindReportRowsInput): Promise<ListView<RecordView>> {
  const { report: key, path, ...query } = input
  const report = await reportInHand(ctx, key)
  if (report.columns.length === 0) throw new CauceError('request.invalid')
  const within = { $and: [aboutOf(ctx, report), groupFilter(report, path)] }
  return findRecords(ctx, { ...query, ...sortOf(report), entity: report.entity.key, within })
}
