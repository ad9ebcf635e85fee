import type { Readable } from 'node:stream'
import type { Json, JsonObject } from '#forms'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import type { Cell } from '../exports/index.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import { catalogOf, catalogTitles, exportRecords, plainValue, recordViews } from '../records/index.ts'
import { importTargets, type ImportTarget } from './importTargets.ts'

type Input = Parameters<typeof exportRecords>[1]

/**
 * A list as a sheet that an import takes back: the columns of its template, a line of a sub-list in a row of its own,
 * values as an import reads them. Brought in unchanged, every record is as it was. Rights and limits as of every export.
 */
export async function exportForImport(ctx: Ctx, input: Input): Promise<{ name: string; stream: Readable }> {
  const entity = await entityOf(ctx, input.entity)
  const { read } = fieldRights(ctx, entity)
  const targets = (await importTargets(ctx, entity)).filter(
    ({ name, list, schema }) => read.has(list?.field ?? name) && schema['x-personal'] !== 'sensitive',
  )
  return exportRecords(ctx, input, {
    columns: targets.map(({ title }) => ({ title, width: 24 })),
    rows: async (records) => {
      const views = await recordViews(ctx, entity, records)
      return views.flatMap(({ data, labels }) => rowsOf(ctx, entity, targets, data, labels))
    },
  })
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
      return value === null ? null : cellFor(ctx, entity, schema, value, line!, labels[list?.field ?? name] ?? {})
    }),
  )
}

function cellFor(
  ctx: Ctx,
  entity: EntityInPack,
  schema: ImportTarget['schema'],
  value: Json,
  line: JsonObject,
  labels: Record<string, string>,
): Cell {
  if (typeof value === 'number') return value
  const decimal = schema['x-decimal'] as { percent?: boolean } | undefined
  if (decimal?.percent && typeof value === 'string') return `${percentOf(value)}%`
  if (Array.isArray(value))
    return value.map((item) => cellFor(ctx, entity, schema.items ?? {}, item, line, labels)).join('; ')
  const names = {
    records: () => new Map(Object.entries(labels)),
    rows: (catalog: string) => plainTitles(entity, catalog, line[catalogOf(schema)?.parent ?? ''] !== undefined),
  }
  return plainValue(schema, value, names, ctx.config.timeZone) || null
}

/** 0.1800 → 18, digit by digit. */
function percentOf(value: string): string {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? []
  const digits = decimals.padEnd(2, '0')
  const moved = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = digits.slice(2).replace(/0+$/, '')
  return `${sign}${moved}${rest ? `.${rest}` : ''}`
}

const known = new WeakMap<Map<string, string>, Map<string, string>>()

/** Titles of a catalogue; without what they depend on beside them, only those that name one row. */
function plainTitles(entity: EntityInPack, catalog: string, hasParent: boolean): Map<string, string> | undefined {
  const titles = catalogTitles(entity, catalog)
  if (!titles || hasParent) return titles
  let plain = known.get(titles)
  if (!plain) {
    const counts = new Map<string, number>()
    for (const title of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1)
    plain = new Map([...titles].filter(([, title]) => counts.get(title) === 1))
    known.set(titles, plain)
  }
  return plain
}
