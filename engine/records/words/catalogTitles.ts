import type { CatalogDefinition } from '#definitions'
import type { EntityInPack } from '../../packs/index.ts'

/** The column that names a row: the first that is neither its key nor the key of its parent. */
export const titleColumnOf = (catalog: CatalogDefinition): string =>
  Object.keys(catalog.columns).find((column) => column !== catalog.key && column !== catalog.parent) ?? catalog.key

const known = new WeakMap<CatalogDefinition, Map<string, string>>()

/** key → title of the rows of a catalogue of the entity's pack. */
export function catalogTitles(entity: EntityInPack, name: string): Map<string, string> | undefined {
  const { catalogs } = entity.installed.pack
  const catalog = Object.hasOwn(catalogs, name) ? catalogs[name] : undefined
  if (!catalog) return undefined
  let titles = known.get(catalog)
  if (!titles) {
    const column = titleColumnOf(catalog)
    titles = new Map(catalog.rows.map((row) => [String(row[catalog.key]), String(row[column] ?? '')]))
    known.set(catalog, titles)
  }
  return titles
}
