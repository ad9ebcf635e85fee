import type { Readable } from 'node:stream'
import { pluralTitle } from '#definitions'
import { demand, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  exportSheet,
  MOST_RECORDS,
  type Cell,
  type ExportFormat,
  type Sheet,
  type SheetExport,
} from '../../exports/index.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter, RecordDoc } from '../../persistence/index.ts'
import { fileOf } from '../schema/annotations.ts'
import { filterWords } from '../words/filterWords.ts'
import { recordSelection, type RecordQuery } from '../filters/recordSelection.ts'
import { recordBatches } from './recordBatches.ts'
import { recordCells, recordColumns } from './recordCells.ts'

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

/** The same before anything is written or audited. @throws 403, 400 as above */
export async function recordSheet(ctx: Ctx, input: ExportRecordsInput, layout?: SheetLayout): Promise<SheetExport> {
  const entity = await entityOf(ctx, input.entity)
  await demand(ctx, entity.key, 'export')
  const { filter: selected, sort } = await recordSelection(ctx, entity, input)
  const { ids } = input
  if (ids && ids.length > MOST_CHOSEN) throw new CauceError('request.invalid')
  const filter: Filter = ids ? { $and: [selected, { _id: { $in: ids } }] } : selected
  const chosen = [...(await filterWords(ctx, entity, input)), ...(ids ? [`Elegidos: ${ids.length}`] : [])]
  const { columns, rows } = layout ?? layoutFor(ctx, entity, fieldsFor(ctx, entity, input))
  return {
    name: entity.key,
    title: pluralTitle(entity.definition),
    isBare: layout !== undefined,
    format: input.format,
    most: MOST_RECORDS,
    count: (limit) => ctx.db.records(entity.key).count(filter, limit),
    chosen,
    audit: { action: 'record.exported', entity: entity.key },
    columns,
    batches: (onRead) =>
      cellBatches(recordBatches(ctx, entity, filter, sort), async (records) => {
        const cells = await rows(records)
        onRead(records.length)
        return cells
      }),
  }
}

/** As people read them. */
const layoutFor = (ctx: Ctx, entity: EntityInPack, fields: string[]): SheetLayout => ({
  columns: recordColumns(entity, fields),
  rows: (records) => recordCells(ctx, entity, records, fields),
})

async function* cellBatches(batches: AsyncIterable<RecordDoc[]>, rows: SheetLayout['rows']): AsyncGenerator<Cell[][]> {
  for await (const records of batches) yield await rows(records)
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
