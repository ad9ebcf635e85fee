import type { InstalledPack } from '../../packs/index.ts'
import { catalogOf } from './annotations.ts'
import { referenceMentions } from './referenceMentions.ts'

const known = new WeakMap<InstalledPack, ReadonlySet<string>>()

/**
 * Catalogues whose columns expressions of the pack read through a field (`ref.<field>.<column>`): forms need them on the
 * page too, to propose the same as the server. The columns of the others are nobody's but their keepers'.
 */
export function catalogsRead(installed: InstalledPack): ReadonlySet<string> {
  let read = known.get(installed)
  if (!read) {
    const { fields } = referenceMentions(installed)
    const { entities, forms } = installed.pack
    const catalogs = [...Object.values(entities), ...Object.values(forms)].flatMap(({ properties = {} }) =>
      Object.entries(properties).map(([name, property]) =>
        fields.has(name) ? catalogOf(property)?.catalog : undefined,
      ),
    )
    read = new Set(catalogs.filter((catalog) => catalog !== undefined))
    known.set(installed, read)
  }
  return read
}
