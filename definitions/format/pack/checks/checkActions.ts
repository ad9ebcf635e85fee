import { compileRule, ExpressionError } from '#forms'
import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn } from '../finding.ts'

/** `actions` of pack.json: entity, plugin and its action exist, the rule is one, the clock runs what needs no record. */
export function checkActions({ pack, names, options }: CheckInput): Finding[] {
  const file = 'pack.json'
  return Object.entries(pack.manifest.actions ?? {}).flatMap(([key, action]) => {
    const at = `/actions/${key}`
    const findings: Finding[] = []
    const expect = expectIn(findings, file)
    expect(`${at}/entity`, 'la entidad', action.entity, names.entities)
    if (action.tab !== undefined) {
      const tabs = Object.keys(pack.manifest.settings?.properties ?? {})
      expect(`${at}/tab`, 'la pestaña de Configuración', action.tab, tabs)
      if (action.on === 'record') {
        const message = 'En Configuración no hay ningún registro'
        findings.push(errorAt('action', file, `${at}/tab`, message, 'Quite "tab" o "on"'))
      }
    }
    const { plugins } = options
    if (plugins) {
      const known = (pack.manifest.plugins ?? []).flatMap((plugin) =>
        (plugins[plugin]?.actions ?? []).map((name) => `${plugin}.${name}`),
      )
      expect(`${at}/does`, 'la acción', action.does, known)
    }
    if (action.when !== undefined) {
      try {
        compileRule(action.when)
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error
        findings.push(errorAt('row-grammar', file, `${at}/when`, error.reason, `Corrija «${action.when}»`))
      }
    }
    if (action.daily !== undefined && action.on === 'record') {
      const message = 'El reloj no sabe de qué registro se trata'
      findings.push(errorAt('action', file, `${at}/daily`, message, 'Quite "daily" o "on"'))
    }
    return findings
  })
}
