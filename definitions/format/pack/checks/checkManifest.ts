import { compileRule, ExpressionError } from '#forms'
import { menuPages } from '../../menuPages.ts'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn } from '../finding.ts'

function checkCount(rule: string, at: string, file: string): Finding[] {
  try {
    compileRule(rule)
    return []
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return [errorAt('row-grammar', file, at, error.reason, `Corrija «${rule}»`)]
  }
}

/** pack.json: menus, roles and plugins that do not exist. */
export function checkManifest({ pack, names, options }: CheckInput): Finding[] {
  const file = 'pack.json'
  const findings: Finding[] = []
  const expect = expectIn(findings, file)
  const roles = Object.keys(pack.roles.roles)
  pack.manifest.menus?.forEach((menu, index) => {
    menu.items.forEach((item, place) =>
      expect(`/menus/${index}/items/${place}`, 'la entidad o el proceso', item, [
        ...names.entities,
        ...names.processes,
        ...Object.keys(menuPages),
      ]),
    )
    if (menu.count !== undefined) findings.push(...checkCount(menu.count, `/menus/${index}/count`, file))
    menu.roles?.forEach((role, place) => expect(`/menus/${index}/roles/${place}`, 'el rol', role, roles))
  })
  if (options.plugins) {
    const known = Object.keys(options.plugins)
    pack.manifest.plugins?.forEach((plugin, index) => expect(`/plugins/${index}`, 'el complemento', plugin, known))
  }
  for (const { at, schema } of propertiesOf(pack.manifest.settings ?? {}, '/settings')) {
    const editors = schema['x-edit']
    if (Array.isArray(editors))
      editors.forEach((role: string, index) => expect(`${at}/x-edit/${index}`, 'el rol', role, roles))
  }
  return findings
}
