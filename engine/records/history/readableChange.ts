import type { ChangeView } from '#engine/contract'
import type { FormSchema, Json, JsonObject } from '#forms'
import { compareRows } from './compareRows.ts'
import { plainValue, type Names } from '../words/plainValue.ts'

/** A changed field as a person reads it: names and titles instead of ids and keys, a sub-list row by row. */
export function readableChange(
  field: string,
  schema: FormSchema | undefined,
  change: { before: Json; after: Json },
  names: Names,
  timeZone: string,
): ChangeView {
  const text = (of: FormSchema | undefined, value: Json | undefined): string =>
    plainValue(of, value ?? null, names, timeZone)
  const view = {
    field,
    title: schema?.title ?? field,
    ...change,
    text: { before: text(schema, change.before), after: text(schema, change.after) },
  }
  const columns = schema?.type === 'array' ? schema.items?.properties : undefined
  if (!columns) return view
  const { uniqueBy = [] } = (schema?.['x-table'] ?? {}) as { uniqueBy?: string[] }
  const rows = compareRows(change.before, change.after, uniqueBy).map(({ before, after }) => ({
    kind: before === null ? ('added' as const) : after === null ? ('removed' as const) : ('changed' as const),
    name: nameOf(after ?? before ?? {}, columns, uniqueBy, text),
    cells: Object.entries(columns)
      .map(([name, column]) => ({
        title: column.title ?? name,
        before: text(column, before?.[name]),
        after: text(column, after?.[name]),
      }))
      .filter((cell) => cell.before !== cell.after),
  }))
  return { ...view, rows }
}

/** What a row is called: the columns that may not repeat, else its first two that say something. */
function nameOf(
  row: JsonObject,
  columns: Record<string, FormSchema>,
  uniqueBy: string[],
  text: (schema: FormSchema | undefined, value: Json | undefined) => string,
): string {
  const said = Object.entries(columns)
    .filter(([name, column]) => column.type !== 'boolean' && (uniqueBy.length === 0 || uniqueBy.includes(name)))
    .map(([name, column]) => text(column, row[name]))
    .filter(Boolean)
  return (uniqueBy.length > 0 ? said : said.slice(0, 2)).join(' · ')
}
