import type { ReportGroupView, ReportSummary, ReportView } from '#engine/contract'
import { can } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { filterViews, noteRead, type RecordQuery } from '../records/index.ts'
import { groupTitles, type GroupTitles } from './groupTitles.ts'
import { groupTotals } from './groupTotals.ts'
import { offeredReports, reportInHand, type ReportInHand } from './reportInHand.ts'
import { rollUp, type Group } from './rollUp.ts'
import { selectForReport, type ReportSelection } from './selectForReport.ts'

/** The reports this actor may run. */
export async function listReports(ctx: Ctx): Promise<ReportSummary[]> {
  return (await offeredReports(ctx)).map(summaryOf)
}

/** A report over what this actor may read, narrowed as he asks: each group with what it comes to. */
export async function runReport(
  ctx: Ctx,
  { report: key, ...query }: RecordQuery & { report: string },
): Promise<ReportView> {
  const report = await reportInHand(ctx, key)
  const { whole, titles } = await workOut(ctx, report, query)
  await noteRead(ctx, report.entity.key, null)
  return {
    ...summaryOf(report),
    entity: report.entity.key,
    filters: filtersOf(report),
    levels: report.levels.map(({ field, title, by }) => ({ field, title, by })),
    measures: report.measures.map(({ title, fold, kind, scale, percent, unit }) => ({
      ...{ title, fold, kind, scale, percent, unit },
    })),
    columns: report.columns,
    groups: titles.sorted(whole.groups).flatMap((group) => groupViews(group, titles)),
    total: { count: whole.count, values: whole.values },
    may: { export: await can(ctx, report.entity.key, 'export') },
  }
}

export interface WorkedOut {
  selection: ReportSelection
  whole: Group
  titles: GroupTitles
}

export async function workOut(ctx: Ctx, report: ReportInHand, query: RecordQuery): Promise<WorkedOut> {
  const selection = await selectForReport(ctx, report, query)
  const whole = rollUp(await groupTotals(ctx, report, selection.filter), report.measures, report.levels.length)
  return { selection, whole, titles: await groupTitles(ctx, report, whole) }
}

const summaryOf = ({ key, definition: { title, description } }: ReportInHand): ReportSummary => ({
  ...{ key, title, description: description ?? null },
})

/** The filters of the list, those the report names alone and in its order. */
function filtersOf({ definition, entity, readable }: ReportInHand): ReportView['filters'] {
  const offered = filterViews(entity.key, entity.definition, (field) => readable.has(field))
  const { filters: names } = definition
  return names ? names.flatMap((name) => offered.filter((filter) => filter.name === name)) : offered
}

/** A group, then those within it. */
function groupViews(group: Group, titles: GroupTitles): ReportGroupView[] {
  const { path, count, values } = group
  return [
    { path, title: titles.of(group), count, values },
    ...titles.sorted(group.groups).flatMap((inner) => groupViews(inner, titles)),
  ]
}
