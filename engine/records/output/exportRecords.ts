import type { Readable } from 'node:stream'
import type { FormSchema, Json } from '#forms'
import { demand, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { exportSheet, type Cell, type ExportFormat, type Sheet, type SheetExport } from '../../exports/index.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter, RecordDoc } from '../../persistence/index.ts'
import { fileOf } from '../schema/annotations.ts'
import { catalogTitles } from '../words/catalogTitles.ts'
import { plainValue, type Names } from '../words/plainValue.ts'
import { recordSelection, type RecordQuery } from '../filters/recordSelection.ts'
import { recordViews } from '../reading/recordViews.ts'

const MOST: Record<ExportFormat, number> = { csv: 1_000_000, xlsx: 100_000, pdf: 5_000 }
const BATCH = 500
/** Records chosen one by one. */
const MOST_CHOSEN = 1000

export interface ExportRecordsInput extends RecordQuery {
  entity: string
  format: ExportFormat
  /** Only these of the selection, as the person marked them; absent: all. */
  ids?: string[]
  /** Names of the fields to write, in this order; absent: the list's, and all others after them. */
  columns?: string[]
}

/** Another way to write records than as people read them. */
export interface SheetLayout {
  columns: Sheet['columns']
  /** Rows of these records, as this actor may see them. */
  rows: (records: RecordDoc[]) => Promise<Cell[][]>
}

/**
 * What a list is narrowed to, as a file, with the columns of the list first and every other field this actor may read
 * after them (a PDF has the columns alone). The export is audited.
 * @throws 403 without the right to export, 400 for a column there is not, 422 `export.too-many` with more rows than a
 * file of this kind may hold
 */
export async function exportRecords(
  ctx: Ctx,
  input: ExportRecordsInput,
  layout?: SheetLayout,
): Promise<{ name: string; stream: Readable }> {
  return exportSheet(ctx, await recordSheet(ctx, input, layout))
}

/**
 * The same before anything is written or audited. `onRead` is told how many records went in, batch by batch.
 * @throws 403, 400 as above
 */
export async function recordSheet(
  ctx: Ctx,
  input: ExportRecordsInput,
  layout?: SheetLayout,
  onRead: (records: number) => void = () => undefined,
): Promise<SheetExport> {
  const entity = await entityOf(ctx, input.entity)
  await demand(ctx, entity.key, 'export')
  const { filter: selected, sort } = await recordSelection(ctx, entity, input)
  const { ids } = input
  if (ids && ids.length > MOST_CHOSEN) throw new CauceError('request.invalid')
  const filter: Filter = ids ? { $and: [selected, { _id: { $in: ids } }] } : selected
  const chosen = [...chosenFilters(entity, input), ...(ids ? [`Elegidos: ${ids.length}`] : [])]
  const { columns, rows } = layout ?? layoutFor(ctx, entity, fieldsFor(ctx, entity, input))
  return {
    name: entity.key,
    // A layout is for a program to read: nothing stands over its table.
    title: layout ? '' : (entity.definition['x-title-plural'] ?? entity.definition.title),
    format: input.format,
    most: MOST,
    count: (limit) => ctx.db.records(entity.key).count(filter, limit),
    chosen,
    audit: { action: 'record.exported', entity: entity.key },
    columns,
    batches: batchesOf(ctx, entity, filter, sort, async (records) => {
      const cells = await rows(records)
      onRead(records.length)
      return cells
    }),
  }
}

/** As people read them. */
function layoutFor(ctx: Ctx, entity: EntityInPack, fields: string[]): SheetLayout {
  const { properties } = entity.definition
  return {
    columns: fields.map((field) => ({ title: properties[field]?.title ?? field, width: widthOf(properties[field]) })),
    rows: (records) => recordCells(ctx, entity, records, fields),
  }
}

function fieldsFor(ctx: Ctx, entity: EntityInPack, { format, columns: wanted }: ExportRecordsInput): string[] {
  const { read } = fieldRights(ctx, entity)
  const { properties } = entity.definition
  const isWritten = (name: string): boolean => {
    const property = properties[name]
    return read.has(name) && property?.['x-personal'] !== 'sensitive' && !fileOf(property) && !fileOf(property?.items)
  }
  if (wanted && wanted.length > 0) {
    if (wanted.some((name) => !Object.hasOwn(properties, name) || !read.has(name)))
      throw new CauceError('request.invalid')
    return [...new Set(wanted)].filter(isWritten)
  }
  const columns = (entity.definition['x-list']?.columns ?? []).filter((name) => Object.hasOwn(properties, name))
  const rest = format === 'pdf' ? [] : Object.keys(properties).filter((name) => !columns.includes(name))
  return [...columns, ...rest].filter(isWritten)
}

const widthOf = (schema: FormSchema | undefined): number =>
  schema?.format === 'date' || schema?.type === 'boolean' ? 12 : schema?.type === 'array' ? 40 : 24

/** Each batch goes on after the last record of the one before: nothing is walked over twice, however many there are. */
async function* batchesOf(
  ctx: Ctx,
  entity: EntityInPack,
  filter: Filter,
  sort: Record<string, 1 | -1>,
  cellsOf: SheetLayout['rows'],
): AsyncGenerator<Cell[][]> {
  const [[path, direction] = ['_id', 1 as const]] = Object.entries(sort)
  const order: Record<string, 1 | -1> = path === '_id' ? { _id: direction } : { [path]: direction, _id: direction }
  let last: RecordDoc | null = null
  for (;;) {
    const from: Filter = last ? { $and: [filter, after(path, direction, last)] } : filter
    const rows: RecordDoc[] = await ctx.db.records(entity.key).find(from, { sort: order, limit: BATCH })
    if (rows.length > 0) yield await cellsOf(rows)
    last = rows.at(-1) ?? null
    if (rows.length < BATCH) return
  }
}

/** What comes after a record in an order by one field and then by id. Nothing (null) sorts before every value. */
function after(path: string, direction: 1 | -1, last: RecordDoc): Filter {
  const next: Filter = { _id: direction === 1 ? { $gt: last._id } : { $lt: last._id } }
  if (path === '_id') return next
  const [root = '', field] = path.split('.')
  const held = (last as unknown as Record<string, unknown>)[root]
  const value = (field === undefined ? held : (held as Record<string, unknown> | undefined)?.[field]) ?? null
  const same: Filter = { [path]: value, ...next }
  if (value === null) return direction === 1 ? { $or: [same, { [path]: { $ne: null } }] } : same
  const further = direction === 1 ? [{ [path]: { $gt: value } }] : [{ [path]: { $lt: value } }, { [path]: null }]
  return { $or: [same, ...further] }
}

async function recordCells(ctx: Ctx, entity: EntityInPack, rows: RecordDoc[], fields: string[]): Promise<Cell[][]> {
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

function cellOf(schema: FormSchema | undefined, value: Json, names: Names, timeZone: string): Cell {
  if (typeof value === 'number') return value
  const isAmount = schema?.['x-decimal'] !== undefined || schema?.['x-money'] !== undefined
  if (isAmount && typeof value === 'string' && AMOUNT.test(value)) return Number(value)
  return plainValue(schema, value, names, timeZone) || null
}

/** The filters in words, for the head of the file and for the audit. */
function chosenFilters(entity: EntityInPack, { q, filters, ranges }: RecordQuery): string[] {
  const { properties } = entity.definition
  const named = (entity.definition['x-list']?.filters ?? []).filter((filter) => typeof filter !== 'string')
  const titleOf = (name: string): string =>
    properties[name]?.title ?? named.find((filter) => filter.name === name)?.title ?? name
  const bounds = Object.entries(ranges).map(([name, { from, to }]) => `${titleOf(name)}: ${from ?? '…'} a ${to ?? '…'}`)
  const values = Object.entries(filters).map(([name, chosen]) => {
    const options = properties[name]?.oneOf
    const titles = chosen.map((value) => options?.find((option) => option.const === value)?.title ?? value)
    return `${titleOf(name)}: ${titles.join(', ')}`
  })
  return [...(q?.trim() ? [`Búsqueda: ${q.trim()}`] : []), ...values, ...bounds]
}
