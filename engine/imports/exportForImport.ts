import type { Readable } from 'node:stream'
import type { JsonObject } from '#forms'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import type { Cell } from '../exports/index.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import { exportRecords, recordViews, type ExportRecordsInput, type SheetLayout } from '../records/index.ts'
import { importTargets, type ImportTarget } from './importTargets.ts'
import { sheetCell } from './sheetCell.ts'

/**
 * A list as a sheet that an import takes back: the columns of its template, a line of a sub-list in a row of its own,
 * values as an import reads them. Brought in unchanged, every record is as it was. Rights and limits as of every export.
 */
export async function exportForImport(
  ctx: Ctx,
  input: ExportRecordsInput,
): Promise<{ name: string; stream: Readable }> {
  return exportRecords(ctx, input, await importLayout(ctx, input.entity))
}

/** How records are written for an import. */
export async function importLayout(ctx: Ctx, key: string): Promise<SheetLayout> {
  const entity = await entityOf(ctx, key)
  const { read } = fieldRights(ctx, entity)
  const targets = (await importTargets(ctx, entity)).filter(
    ({ name, list, schema }) => read.has(list?.field ?? name) && schema['x-personal'] !== 'sensitive',
  )
  return {
    columns: targets.map(({ title }) => ({ title, width: 24 })),
    rows: async (records) => {
      const views = await recordViews(ctx, entity, records)
      return views.flatMap(({ data, labels }) => rowsOf(ctx, entity, targets, data, labels))
    },
  }
}

/** The rows of one record: the first says everything of its own, and as many follow as its longest sub-list has lines. */
function rowsOf(
  ctx: Ctx,
  entity: EntityInPack,
  targets: ImportTarget[],
  data: JsonObject,
  labels: Record<string, Record<string, string>>,
): Cell[][] {
  const linesOf = (field: string): JsonObject[] => (Array.isArray(data[field]) ? data[field] : []) as JsonObject[]
  const lists = new Set(targets.flatMap(({ list }) => list?.field ?? []))
  const rows = Math.max(1, ...[...lists].map((field) => linesOf(field).length))
  return Array.from({ length: rows }, (_, row) =>
    targets.map(({ name, list, schema }) => {
      const line = list ? linesOf(list.field)[row] : row === 0 ? data : undefined
      const value = line?.[list?.column ?? name] ?? null
      return value === null ? null : sheetCell(ctx, entity, schema, value, line!, labels[list?.field ?? name] ?? {})
    }),
  )
}
