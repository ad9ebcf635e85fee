import type { FormSchema, Json, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { Cell } from '../exports/index.ts'
import type { EntityInPack } from '../packs/index.ts'
import { catalogOf, catalogTitles, plainValue } from '../records/index.ts'

/**
 * A stored value as an import reads it back, and as people do: titles, names, DD/MM/AAAA, 18%. `line`: the record or line of
 * a sub-list that it stands in; `labels`: names of the records it refers to, by id.
 */
export function sheetCell(
  ctx: Ctx,
  entity: EntityInPack,
  schema: FormSchema,
  value: Json,
  line: JsonObject,
  labels: Record<string, string>,
): Cell {
  if (typeof value === 'number') return value
  const decimal = schema['x-decimal'] as { percent?: boolean } | undefined
  if (decimal?.percent && typeof value === 'string') return `${percentOf(value)}%`
  if (Array.isArray(value))
    return value.map((item) => sheetCell(ctx, entity, schema.items ?? {}, item, line, labels)).join('; ')
  const names = {
    records: () => new Map(Object.entries(labels)),
    rows: (catalog: string) => plainTitles(entity, catalog, line[catalogOf(schema)?.parents[0] ?? ''] !== undefined),
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
