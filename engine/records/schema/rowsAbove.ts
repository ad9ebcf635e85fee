import type { CatalogDefinition } from '#definitions'
import type { JsonObject } from '#forms'
import { catalogOf } from './annotations.ts'

/** A row above another one: its key, and its row where the catalogue above is known. */
export interface RowAbove {
  catalog: string | null
  key: string
  row: JsonObject | null
}

/** The rows above a row of a dependent catalogue, nearest first: of a district its province, then its department. */
export function rowsAbove(catalogs: Record<string, CatalogDefinition>, catalog: string, row: JsonObject): RowAbove[] {
  const above: RowAbove[] = []
  const seen = new Set<string>()
  for (let at: RowAbove = { catalog, key: '', row }; at.catalog !== null && at.row !== null && !seen.has(at.catalog);) {
    seen.add(at.catalog)
    const definition = catalogs[at.catalog]
    const key = definition?.parent === undefined ? null : at.row[definition.parent]
    if (!definition?.parent || typeof key !== 'string') return above
    // The column says the catalogue; without it the column is called like the catalogue.
    const next = catalogOf(definition.columns[definition.parent])?.catalog ?? definition.parent
    const known = catalogs[next]
    at = {
      catalog: known ? next : null,
      key,
      row: known?.rows.find((candidate) => candidate[known.key] === key) ?? null,
    }
    above.push(at)
  }
  return above
}
