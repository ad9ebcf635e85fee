import { decimalRuleOf, type FormSchema, type Json } from '#forms'
import type { Ctx } from '../../context.ts'
import type { Cell, Sheet } from '../../exports/index.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { recordViews } from '../reading/recordViews.ts'
import { catalogTitles } from '../words/catalogTitles.ts'
import { plainValue, type Names } from '../words/plainValue.ts'

/** The columns that some fields take in a file. */
export const recordColumns = ({ definition: { properties } }: EntityInPack, fields: string[]): Sheet['columns'] =>
  fields.map((field) => ({
    title: properties[field]?.title ?? field,
    width: widthOf(properties[field]),
    ...decimalsOf(properties[field]),
  }))

/** On paper an amount has its decimals; a percentage is written as it is kept. */
function decimalsOf(schema: FormSchema | undefined): { decimals?: number } {
  const rule = schema ? decimalRuleOf(schema) : null
  return rule && !rule.percent ? { decimals: rule.scale } : {}
}

const widthOf = (schema: FormSchema | undefined): number =>
  schema?.format === 'date' || schema?.type === 'boolean' ? 12 : schema?.type === 'array' ? 40 : 24

/** What records say there, as people read it and as this actor may. */
export async function recordCells(
  ctx: Ctx,
  entity: EntityInPack,
  rows: RecordDoc[],
  fields: string[],
): Promise<Cell[][]> {
  const views = await recordViews(ctx, entity, rows)
  return views.map((view) =>
    fields.map((field) => {
      const labels = new Map(Object.entries(view.labels[field] ?? {}))
      const names: Names = { records: () => labels, rows: (catalog) => catalogTitles(entity, catalog) }
      return cellOf(entity.definition.properties[field], view.data[field] ?? null, names, ctx.config.timeZone)
    }),
  )
}

/** Amounts are kept as text with their decimals; a sheet sums numbers. Beyond 15 digits a number would lose some. */
const AMOUNT = /^-?\d{1,12}(\.\d{1,3})?$/

/** An amount as a sheet adds it up, or its text where a number would not be exact. */
export const amountCell = (text: string): Cell => (AMOUNT.test(text) ? Number(text) : text)

function cellOf(schema: FormSchema | undefined, value: Json, names: Names, timeZone: string): Cell {
  if (typeof value === 'number') return value
  const isAmount = schema?.['x-decimal'] !== undefined || schema?.['x-money'] !== undefined
  if (isAmount && typeof value === 'string' && AMOUNT.test(value)) return Number(value)
  return plainValue(schema, value, names, timeZone) || null
}
