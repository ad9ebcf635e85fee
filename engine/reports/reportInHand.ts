import {
  fieldKind,
  pluralTitle,
  readMeasure,
  type ReportDefinition,
  type ReportFold,
  type ReportMeasure,
} from '#definitions'
import { decimalRuleOf, type FormSchema } from '#forms'
import { can, fieldRights, subjectsOf } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, type EntityInPack } from '../packs/index.ts'
import { fileOf } from '../records/index.ts'

/** A report as one person may see it: what he may not read is not in it. */
export interface ReportInHand {
  key: string
  definition: ReportDefinition
  entity: EntityInPack
  levels: Level[]
  measures: Measure[]
  columns: string[]
  readable: Set<string>
}

/** What records are put together by, from the outermost. */
export interface Level {
  field: string
  title: string
  property: FormSchema
  by: 'day' | 'month' | 'year' | null
  descending: boolean
}

/** What is worked out of each group. */
export interface Measure {
  title: string
  fold: 'count' | ReportFold
  /** null: of `count`. */
  field: string | null
  times: string | null
  /** Amounts of different currencies are never put together: their field, or their code; null: no money. */
  currency: { field: string } | { code: string } | null
  kind: 'number' | 'date'
  /** Decimals; percentages are kept as "0.18". */
  scale: number
  percent: boolean
  unit: string | null
}

/** The reports this actor may run, in the order of the packs. */
export async function offeredReports(ctx: Ctx): Promise<ReportInHand[]> {
  const found: ReportInHand[] = []
  for (const { pack } of await packsOf(ctx).all(ctx))
    for (const key of Object.keys(pack.views)) {
      const report = await findReport(ctx, key)
      if (report !== 'denied' && report !== null) found.push(report)
    }
  return found
}

/** @throws 404 where there is none of that name, 403 for who may not run it */
export async function reportInHand(ctx: Ctx, key: string): Promise<ReportInHand> {
  const report = await findReport(ctx, key)
  if (report === null) throw new CauceError('thing.not-found')
  if (report === 'denied') throw new CauceError('access.denied')
  return report
}

async function findReport(ctx: Ctx, key: string): Promise<ReportInHand | 'denied' | null> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { pack } = installed
    const report = Object.hasOwn(pack.views, key) ? pack.views[key] : undefined
    const definition = report && pack.entities[report.entity]
    if (!report || !definition) continue
    const subjects = subjectsOf(pack.roles, ctx.actor)
    const isMeant = ctx.actor.front === null || !report.roles || report.roles.some((role) => subjects.includes(role))
    if (!isMeant || !(await can(ctx, report.entity, 'read'))) return 'denied'
    return asSeen(ctx, key, report, { key: report.entity, definition, installed })
  }
  return null
}

function asSeen(ctx: Ctx, key: string, report: ReportDefinition, entity: EntityInPack): ReportInHand {
  const { definition } = entity
  const { read } = fieldRights(ctx, entity)
  const readable = new Set([...read].filter((name) => definition.properties[name]?.['x-personal'] !== 'sensitive'))
  return {
    ...{ key, definition: report, entity, readable },
    levels: levelsOf(report, entity).filter(({ field }) => readable.has(field)),
    measures: (report.measures ?? [])
      .flatMap((measure) => (measure === 'count' ? [countOf(entity)] : measureOf(measure, entity)))
      .filter((measure) => fieldsOf(measure).every((field) => readable.has(field))),
    columns: (report.columns ?? []).filter((name) => readable.has(name) && !isFile(definition.properties[name])),
  }
}

/** Every field an amount is made of: without one of them it would say something else. */
const fieldsOf = ({ field, times, currency }: Measure): string[] =>
  [field, times, currency && 'field' in currency ? currency.field : null].filter((name) => name !== null)

const isFile = (property: FormSchema | undefined): boolean =>
  fileOf(property) !== null || fileOf(property?.items) !== null

function levelsOf({ group = [] }: ReportDefinition, { definition }: EntityInPack): Level[] {
  return group.map((given) => {
    const { field, title, by, descending = false } = typeof given === 'string' ? { field: given } : given
    const property = definition.properties[field] ?? {}
    return {
      ...{ field, property, descending },
      title: title ?? property.title ?? field,
      by: fieldKind(property) === 'date' ? (by ?? 'day') : null,
    }
  })
}

const countOf = ({ definition }: EntityInPack): Measure => ({
  ...{ title: pluralTitle(definition), fold: 'count', field: null, times: null },
  ...{ currency: null, kind: 'number', scale: 0, percent: false, unit: null },
})

function measureOf(measure: ReportMeasure, { definition }: EntityInPack): Measure[] {
  const said = readMeasure(measure)
  if (!said) return []
  const property = definition.properties[said.field] ?? {}
  const rule = decimalRuleOf(property)
  const money = property['x-money']
  const unit = property['x-unit']
  return [
    {
      ...{ ...said, title: measure.title, times: measure.times ?? null },
      currency: typeof money !== 'string' ? null : /^[A-Z]{3}$/.test(money) ? { code: money } : { field: money },
      kind: fieldKind(property) === 'date' ? 'date' : 'number',
      // An average of whole numbers is none.
      scale: rule?.scale ?? (said.fold === 'avg' ? 2 : 0),
      percent: rule?.percent === true,
      unit: typeof unit === 'string' ? unit : null,
    },
  ]
}
