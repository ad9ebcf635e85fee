import type { Readable } from 'node:stream'
import type { ReportAmount } from '#engine/contract'
import { demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { exportSheet, type Cell, type ExportFormat, type Sheet, type SheetRow } from '../exports/index.ts'
import {
  amountCell,
  filterWords,
  recordBatches,
  recordCells,
  recordColumns,
  type RecordQuery,
} from '../records/index.ts'
import type { GroupTitles } from './groupTitles.ts'
import { reportInHand, type Measure, type ReportInHand } from './reportInHand.ts'
import type { Group } from './rollUp.ts'
import { workOut } from './runReport.ts'
import { groupFilter, selectForReport } from './selectForReport.ts'

/** Rows that one file may hold, as of a list. */
const MOST: Record<ExportFormat, number> = { csv: 1_000_000, xlsx: 100_000, pdf: 5_000 }

/**
 * A report as a file: its records under the names of their groups, each group with its line of totals, one column for
 * every currency. Audited. @throws 403 without the right to export the records, 422 `export.too-many`
 */
export async function exportReport(
  ctx: Ctx,
  { report: key, format, ...query }: RecordQuery & { report: string; format: ExportFormat },
): Promise<{ name: string; stream: Readable }> {
  const report = await reportInHand(ctx, key)
  const { definition, entity } = report
  await demand(ctx, entity.key, 'export')
  const { whole, titles } = await workOut(ctx, report, query)
  const { filter } = await selectForReport(ctx, report, query)
  const layout = layoutOf(report, whole)
  const lines = report.columns.length > 0 ? (limit: number) => ctx.db.records(entity.key).count(filter, limit) : null
  return exportSheet(ctx, {
    name: key,
    title: definition.title,
    format,
    most: MOST,
    count: (limit) => lines?.(limit) ?? Promise.resolve(countGroups(whole)),
    chosen: await filterWords(ctx, entity, query),
    audit: { action: 'report.exported', entity: entity.key, details: { report: definition.title } },
    columns: layout.columns,
    batches: batchesOf(ctx, { report, query, whole, titles, layout }),
  })
}

interface Layout {
  /** Fields of the records, but for what their groups say already. */
  shown: string[]
  /** In the columns of the measures, beside a record. */
  blank: null[]
  columns: Sheet['columns']
  /** A line of totals of a group, under its title at its level. */
  total: (group: Group, title: string) => SheetRow
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
  if (kind !== 'date') return amountCell(value)
  const [year = '', month = '', day = ''] = value.split('-')
  return `${day}/${month}/${year}`
}

interface Writing {
  report: ReportInHand
  query: RecordQuery
  whole: Group
  titles: GroupTitles
  layout: Layout
}

async function* batchesOf(ctx: Ctx, writing: Writing): AsyncGenerator<SheetRow[]> {
  const { whole, layout } = writing
  yield* groupBatches(ctx, writing, whole, [])
  yield [layout.total(whole, 'Total general')]
}

/** The records of a group and of those within it, under their names, each followed by its totals. */
async function* groupBatches(ctx: Ctx, writing: Writing, group: Group, names: string[]): AsyncGenerator<SheetRow[]> {
  const { report, titles, layout } = writing
  if (group.path.length === report.levels.length) {
    if (report.columns.length > 0) yield* recordLines(ctx, writing, group, names)
    return
  }
  for (const inner of titles.sorted(group.groups)) {
    const title = titles.of(inner)
    yield* groupBatches(ctx, writing, inner, [...names, title])
    const isLine = inner.groups.length === 0 && report.columns.length === 0
    yield [layout.total(inner, isLine ? title : `Total ${title}`)].map((row) => (isLine ? plain(row, names) : row))
  }
}

/** A line of totals that sums up nothing above it: with the names of its groups, and drawn as any other. */
function plain(row: SheetRow, names: string[]): SheetRow {
  const cells = Array.isArray(row) ? row : row.total
  return cells.map((cell, index) => names[index] ?? cell)
}

async function* recordLines(
  ctx: Ctx,
  { report, query, layout }: Writing,
  group: Group,
  names: string[],
): AsyncGenerator<SheetRow[]> {
  const { filter, sort } = await selectForReport(ctx, report, query)
  const within = { $and: [filter, groupFilter(report, group.path)] }
  for await (const records of recordBatches(ctx, report.entity, within, sort)) {
    const cells = await recordCells(ctx, report.entity, records, layout.shown)
    yield cells.map((row) => [...names, ...row, ...layout.blank])
  }
}

const countGroups = (group: Group): number => group.groups.reduce((sum, inner) => sum + 1 + countGroups(inner), 0)
