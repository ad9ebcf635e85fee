import type { ReportAmount } from '#engine/contract'
import { plainDay } from '#forms'
import { demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import {
  MOST_RECORDS,
  type Cell,
  type ExportFormat,
  type Sheet,
  type SheetExport,
  type SheetRow,
} from '../exports/index.ts'
import {
  amountCell,
  filterWords,
  recordBatches,
  recordCells,
  recordColumns,
  type RecordQuery,
} from '../records/index.ts'
import { reportInHand, type Measure, type ReportInHand } from './reportInHand.ts'
import type { Group } from './rollUp.ts'
import { workOut, type WorkedOut } from './runReport.ts'
import { groupFilter } from './selectForReport.ts'

export interface ExportReportInput extends RecordQuery {
  report: string
  format: ExportFormat
}

/**
 * A report as it would be written now, for this actor: its records under the names of their groups, each group with its
 * line of totals, one column for every currency. 400, 403, 404
 */
export async function reportSheet(
  ctx: Ctx,
  { report: key, format, ...query }: ExportReportInput,
): Promise<SheetExport> {
  const report = await reportForExport(ctx, key)
  const { definition, entity } = report
  const work = await workOut(ctx, report, query)
  const { selection, whole } = work
  const isOfRecords = report.columns.length > 0
  const layout = layoutOf(report, whole)
  return {
    name: key,
    title: definition.title,
    format,
    most: MOST_RECORDS,
    count: (limit) =>
      isOfRecords ? ctx.db.records(entity.key).count(selection.filter, limit) : Promise.resolve(countGroups(whole)),
    chosen: await filterWords(ctx, entity, query),
    audit: { action: 'report.exported', entity: entity.key, details: { report: definition.title } },
    columns: layout.columns,
    batches: (onRead) => batchesOf(ctx, { ...work, report, layout, onRead }),
  }
}

/** @throws 404 where there is none of that name, 403 without the right to run it or to export its records */
export async function reportForExport(ctx: Ctx, key: string): Promise<ReportInHand> {
  const report = await reportInHand(ctx, key)
  await demand(ctx, report.entity.key, 'export')
  return report
}

interface Layout {
  /** Fields of the records, but for what their groups say already. */
  shown: string[]
  /** In the columns of the measures, beside a record. */
  blank: null[]
  columns: Sheet['columns']
  /** A line of totals of a group, under its title at its level. */
  total: (group: Group, title: string) => { total: Cell[] }
}

/** One column for each level, for each field shown, and for each measure in each of its currencies. */
function layoutOf({ levels, measures, columns, entity }: ReportInHand, whole: Group): Layout {
  const spread = measures.flatMap((measure, index) => {
    const amounts: Pick<ReportAmount, 'currency'>[] = whole.values[index]?.length
      ? whole.values[index]
      : [{ currency: null }]
    return amounts.map(({ currency }) => ({ measure, index, currency }))
  })
  const shown = columns.filter((name) => !levels.some(({ field, by }) => field === name && by === null))
  // Without levels the line of the whole still has a name.
  const heads = levels.length > 0 ? levels.map(({ title }) => title) : shown.length > 0 ? [] : ['']
  return {
    shown,
    blank: spread.map(() => null),
    columns: [
      ...heads.map((title) => ({ title, width: 24 })),
      ...recordColumns(entity, shown),
      ...spread.map(({ measure, currency }) => ({
        title: currency === null ? measure.title : `${measure.title} (${currency})`,
        width: 16,
        ...(measure.kind === 'number' && !measure.percent ? { decimals: measure.scale } : {}),
      })),
    ],
    total: ({ path, values }, title) => {
      const names: Cell[] = [...heads, ...shown].map(() => null)
      if (names.length > 0) names[Math.max(0, Math.min(path.length - 1, names.length - 1))] = title
      const amounts = spread.map(({ measure, index, currency }): Cell => {
        const amount = values[index]?.find((one) => one.currency === currency)
        return amount ? cellOf(measure, amount.value) : null
      })
      return { total: [...names, ...amounts] }
    },
  }
}

function cellOf({ kind }: Measure, value: string): Cell {
  return kind === 'date' ? plainDay(value) : amountCell(value)
}

interface Writing extends WorkedOut {
  report: ReportInHand
  layout: Layout
  onRead: (records: number) => void
}

async function* batchesOf(ctx: Ctx, writing: Writing): AsyncGenerator<SheetRow[]> {
  const { whole, layout } = writing
  yield* groupBatches(ctx, writing, whole, [])
  yield [layout.total(whole, 'Total general')]
}

/** The records of a group and of those within it, under their names, each followed by its totals. */
async function* groupBatches(ctx: Ctx, writing: Writing, group: Group, names: string[]): AsyncGenerator<SheetRow[]> {
  const { report, titles, layout, onRead } = writing
  const isOfRecords = report.columns.length > 0
  if (group.path.length === report.levels.length) {
    if (isOfRecords) yield* recordLines(ctx, writing, group, names)
    return
  }
  for (const inner of titles.sorted(group.groups)) {
    const title = titles.of(inner)
    yield* groupBatches(ctx, writing, inner, [...names, title])
    if (!isOfRecords) onRead(1)
    // What sums up nothing above it has the names of its groups, and is drawn as any other line.
    if (!isOfRecords && inner.groups.length === 0)
      yield [layout.total(inner, title).total.map((cell, index) => names[index] ?? cell)]
    else yield [layout.total(inner, `Total ${title}`)]
  }
}

async function* recordLines(
  ctx: Ctx,
  { report, selection: { filter, sort }, layout, onRead }: Writing,
  group: Group,
  names: string[],
): AsyncGenerator<SheetRow[]> {
  const within = { $and: [filter, groupFilter(report, group.path)] }
  for await (const records of recordBatches(ctx, report.entity, within, sort)) {
    const cells = await recordCells(ctx, report.entity, records, layout.shown)
    onRead(records.length)
    yield cells.map((row) => [...names, ...row, ...layout.blank])
  }
}

const countGroups = (group: Group): number => group.groups.reduce((sum, inner) => sum + 1 + countGroups(inner), 0)
