import { ICON_NAMES } from '../../iconNames.ts'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { unknownName } from '../finding.ts'

/** Icons of menus, of the legend of states and of options: a name the page has no drawing for would show another one. */
export function checkIcons({ pack }: CheckInput): Finding[] {
  const given: { file: string; at: string; name: unknown }[] = []
  pack.manifest.menus?.forEach(({ icon }, index) =>
    given.push({ file: 'pack.json', at: `/menus/${index}/icon`, name: icon }),
  )
  for (const [key, { icon }] of Object.entries(pack.manifest.states ?? {}))
    given.push({ file: 'pack.json', at: `/states/${key}/icon`, name: icon })
  for (const [key, entity] of Object.entries(pack.entities)) {
    for (const { at, schema } of propertiesOf(entity)) {
      schema.oneOf?.forEach((option, index) =>
        given.push({ file: `entities/${key}.json`, at: `${at}/oneOf/${index}/x-icon`, name: option['x-icon'] }),
      )
    }
  }
  const known: readonly string[] = ICON_NAMES
  return given.flatMap(({ file, at, name }) => {
    if (typeof name !== 'string' || known.includes(name)) return []
    return [unknownName(file, at, 'el icono', name, known)]
  })
}
