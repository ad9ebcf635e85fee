import type { Json } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Filter } from '../persistence/index.ts'
import type { Level, Measure, ReportInHand } from './reportInHand.ts'

/** Nobody reads more groups than this; who needs them narrows the report, or takes the list. */
const MOST = 5000

/** What the store worked out of one innermost group, for one combination of currencies. */
export interface GroupTotal {
  /** Of each level. */
  path: Json[]
  /** Of each measure. */
  currencies: (string | null)[]
  count: number
  /** Of each measure: how many records have a value, and what it came to (a decimal, a day, or nothing). */
  values: { of: number; total: string | null }[]
}

/**
 * The innermost groups of the records that a filter chooses, worked out by the store: amounts as exact decimals, those of
 * different currencies apart. @throws 422 `list.narrow` when there are more groups than anybody reads
 */
export async function groupTotals(ctx: Ctx, report: ReportInHand, filter: Filter): Promise<GroupTotal[]> {
  const { levels, measures } = report
  const each = <T, V>(items: T[], name: string, value: (item: T, index: number) => V): Record<string, V> =>
    Object.fromEntries(items.map((item, index) => [`${name}${index}`, value(item, index)]))
  const found = await ctx.db.records(report.entity.key).aggregate<Row>([
    { $match: filter },
    {
      $project: {
        _id: 0,
        ...each(levels, 'level', levelValue),
        ...each(measures, 'currency', currencyValue),
        ...each(measures, 'value', measuredValue),
      },
    },
    {
      $group: {
        _id: {
          ...each(levels, 'level', (_, index) => `$level${index}`),
          ...each(measures, 'currency', (_, index) => `$currency${index}`),
        },
        count: { $sum: 1 },
        ...each(measures, 'of', (_, index) => ({ $sum: { $cond: [{ $eq: [`$value${index}`, null] }, 0, 1] } })),
        ...each(measures, 'total', ({ fold }, index) => ({ [STORE_FOLD[fold]]: `$value${index}` })),
      },
    },
    { $limit: MOST + 1 },
  ])
  if (found.length > MOST) throw new CauceError('list.narrow', { max: MOST.toLocaleString('es-PE') })
  return found.map((row) => ({
    path: levels.map((_, index) => emptied(row._id[`level${index}`])),
    currencies: measures.map((_, index) => textOf(row._id[`currency${index}`])),
    count: Number(row.count),
    values: measures.map((_, index) => ({ of: Number(row[`of${index}`]), total: textOf(row[`total${index}`]) })),
  }))
}

type Row = Record<string, unknown> & { _id: Record<string, unknown> }

/** An average is a sum until the groups above it have theirs. */
const STORE_FOLD = { count: '$sum', sum: '$sum', avg: '$sum', min: '$min', max: '$max' } as const

const LENGTH = { day: 10, month: 7, year: 4 } as const

function levelValue({ field, by }: Level): unknown {
  const value = { $ifNull: [`$data.${field}`, null] }
  return by === null ? value : { $substrCP: [{ $ifNull: [`$data.${field}`, ''] }, 0, LENGTH[by]] }
}

const currencyValue = ({ currency }: Measure): unknown => {
  if (currency === null) return { $literal: null }
  return 'code' in currency ? { $literal: currency.code } : { $ifNull: [`$data.${currency.field}`, null] }
}

function measuredValue({ field, times, kind }: Measure): unknown {
  if (field === null) return { $literal: 1 }
  if (kind === 'date') return { $ifNull: [`$data.${field}`, null] }
  return times === null ? decimalAt(field) : { $multiply: [decimalAt(field), decimalAt(times)] }
}

/** Amounts are kept as text; one that is none counts as nothing. */
const decimalAt = (field: string): unknown => ({
  $convert: { input: `$data.${field}`, to: 'decimal', onError: null, onNull: null },
})

/** Nothing is written in several ways. */
const emptied = (value: unknown): Json => (value === undefined || value === '' ? null : (value as Json))

const textOf = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)
