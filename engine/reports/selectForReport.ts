import { compileRule, type Json } from '#forms'
import { ruleEnvironment } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Filter } from '../persistence/index.ts'
import { dateRange, recordSelection, type RecordQuery } from '../records/index.ts'
import type { Level, ReportInHand } from './reportInHand.ts'

export interface ReportSelection {
  filter: Filter
  sort: Record<string, 1 | -1>
}

/** The records a report is about: those of the list that this person may read, narrowed as he asked. */
export async function selectForReport(ctx: Ctx, report: ReportInHand, query: RecordQuery): Promise<ReportSelection> {
  const { filter, sort } = await recordSelection(ctx, report.entity, { ...query, ...sortOf(report) })
  return { filter: { $and: [filter, aboutOf(ctx, report)] }, sort }
}

/** What the report is about at all. */
export function aboutOf(ctx: Ctx, { definition: { where } }: ReportInHand): Filter {
  return where === undefined ? {} : compileRule(where).toFilter(ruleEnvironment(ctx))
}

/** The order of its records; the list's where this person may not read what they are ordered by. */
export function sortOf({ definition: { sort }, entity, readable }: ReportInHand): { sort?: string } {
  const field = sort?.replace(/^-/, '')
  const isHidden = field !== undefined && field in entity.definition.properties && !readable.has(field)
  return sort === undefined || isHidden ? {} : { sort }
}

/** The records of one group. @throws 400 for a path that leads to none of this report */
export function groupFilter({ levels }: ReportInHand, path: Json[]): Filter {
  if (path.length > levels.length) throw new CauceError('request.invalid')
  if (path.length === 0) return {}
  return { $and: path.map((value, index) => valueFilter(levels[index]!, value)) }
}

function valueFilter({ field, by }: Level, value: Json): Filter {
  const name = `data.${field}`
  if (value === null) return { [name]: { $in: [null, ''] } }
  if (typeof value === 'object') throw new CauceError('request.invalid')
  if (by === null) return { [name]: value }
  return { [name]: dateRange(String(value), String(value)) }
}
