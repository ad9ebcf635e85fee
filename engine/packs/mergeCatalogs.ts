import type { CatalogDefinition } from '#definitions'
import type { JsonObject } from '#forms'
import type { InstalledPack } from './InstalledPack.ts'

/** What the company says of one row, over what the pack says. */
export interface CatalogRowChange {
  key: string
  /** Only the columns that differ from the pack's row; all of them for a row of the company's own. */
  data: JsonObject
  inactive?: boolean
  /** A row of the pack that nobody uses and nobody wants to see. */
  removed?: boolean
  revision: number
}
export interface CatalogChanges {
  rows: CatalogRowChange[]
  /** Keys in the order people gave them; rows not named follow in the pack's order. */
  order?: string[]
}
/** Catalogue → what was changed in the browser. */
export type CatalogsOverlay = Record<string, CatalogChanges>

/** Under which a pack's changed catalogues are kept among the settings; no pack has such a name. */
export const catalogsId = (tenant: string, pack: string): string => `${tenant}:@catalogs:${pack}`

/**
 * The catalogues in force: the pack's rows with the company's changes over them, its own rows behind them. A newer
 * version of the pack brings its rows in under the changes. Keys are the pack's or were given once: they never change.
 */
export function mergeCatalogs(
  seed: Record<string, CatalogDefinition>,
  overlay: CatalogsOverlay,
): Record<string, CatalogDefinition> {
  const merged = { ...seed }
  for (const [name, changes] of Object.entries(overlay)) {
    const catalog = Object.hasOwn(seed, name) ? seed[name] : undefined
    if (catalog?.editable) merged[name] = { ...catalog, rows: mergeRows(catalog, changes) }
  }
  return merged
}

function mergeRows({ key, rows }: CatalogDefinition, { rows: changed, order = [] }: CatalogChanges): JsonObject[] {
  const changes = new Map(changed.map((change) => [change.key, change]))
  const result: JsonObject[] = []
  const add = (row: JsonObject, change: CatalogRowChange | undefined): void => {
    if (change?.removed) return
    const { inactive, ...data } = { ...row, ...change?.data }
    const isInactive = change?.inactive ?? inactive === true
    result.push(isInactive ? { ...data, inactive: true } : data)
  }
  for (const row of rows) {
    const rowKey = String(row[key])
    add(row, changes.get(rowKey))
    changes.delete(rowKey)
  }
  for (const change of changes.values()) add({ [key]: change.key }, change)
  if (order.length === 0) return result
  const places = new Map(order.map((rowKey, place) => [rowKey, place]))
  const placeOf = (row: JsonObject): number => places.get(String(row[key])) ?? order.length
  // The sort is stable: what has no place keeps the pack's order.
  return result.sort((a, b) => placeOf(a) - placeOf(b))
}

/** The same version with the catalogues in force. */
export function withCatalogs(installed: InstalledPack, overlay: CatalogsOverlay): InstalledPack {
  const { pack } = installed
  return { ...installed, pack: { ...pack, catalogs: mergeCatalogs(pack.catalogs, overlay) } }
}
