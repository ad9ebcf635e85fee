import { patternRisk, type FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

const deepest = 6
const mostProperties = 300

/** Regular expressions that a long text could make slow, and schemas too large to be a form. */
export function checkPatterns({ pack }: CheckInput): Finding[] {
  const schemas: [string, FormSchema][] = [
    ...Object.entries(pack.entities).map(([key, entity]): [string, FormSchema] => [`entities/${key}.json`, entity]),
    ...Object.entries(pack.forms).map(([key, form]): [string, FormSchema] => [`forms/${key}.json`, form as FormSchema]),
    ['pack.json', pack.manifest.settings ?? {}],
  ]
  return schemas.flatMap(([file, schema]) => {
    const places = propertiesOf(schema, file === 'pack.json' ? '/settings' : '')
    const findings: Finding[] = places.flatMap(({ at, name, schema: property }) => {
      if (typeof property.pattern !== 'string') return []
      return checkPattern(file, `${at}/pattern`, name, property.pattern, property.maxLength !== undefined)
    })
    if (places.some(({ depth }) => depth > deepest)) {
      findings.push(
        errorAt('pattern-risk', file, '', `Tiene más de ${deepest} niveles`, 'Haga otra entidad con lo más interno'),
      )
    }
    if (places.length > mostProperties) {
      findings.push(
        errorAt('pattern-risk', file, '', `Tiene más de ${mostProperties} campos`, 'Divídala en varias entidades'),
      )
    }
    return findings
  })
}

function checkPattern(file: string, at: string, name: string, pattern: string, isBounded: boolean): Finding[] {
  const risk = patternRisk(pattern)
  if (risk)
    return [
      errorAt('pattern-risk', file, at, `El patrón de «${name}» no se puede usar: ${risk}`, 'Escríbalo más simple'),
    ]
  const repeats = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (/[+*]|\{\d+,\}/.test(repeats) && !isBounded) {
    return [errorAt('pattern-risk', file, at, `El patrón de «${name}» no limita el largo`, 'Añada "maxLength"')]
  }
  return []
}
