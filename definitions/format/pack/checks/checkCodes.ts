import type { FormSchema } from '#forms'
import type { EntityDefinition, Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, warningAt } from '../finding.ts'
import { namesInPattern } from '../namesIn.ts'

/** Codes (`x-code`): their fields must be there when the record is saved, and two records must not get the same code. */
export function checkCodes({ pack, processes }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) => {
    const file = `entities/${key}.json`
    const codes = propertiesOf(entity).filter(({ schema }) => schema['x-code'] !== undefined)
    const findings = codes.slice(1).map(({ at, name }) => {
      return errorAt('code-pattern', file, at, `«${name}» es un segundo código`, 'Deje un solo campo con x-code')
    })
    const states = Object.values(processes)
      .filter((process) => process.entity === key)
      .flatMap(statesSetBy)
    for (const { at, schema } of codes) {
      const code = schema['x-code'] as string | { pattern?: unknown; at?: string; setting?: string }
      const pattern = patternOf(code, pack.manifest.settings)
      if (pattern !== undefined) findings.push(...checkPattern(file, at, pattern, entity))
      if (typeof code === 'object' && code.at !== undefined && !states.includes(code.at)) {
        const cure = 'Escriba un estado que el proceso ponga'
        findings.push(errorAt('code-gap', file, `${at}/x-code/at`, `Ningún proceso pone el estado «${code.at}»`, cure))
      }
    }
    return findings
  })
}

/** Every state a process may set, its first one included. */
export function statesSetBy(process: {
  initialState: string | null
  nodes: { effects: { kind: string }[] }[]
}): string[] {
  const set = process.nodes.flatMap((node) =>
    node.effects.flatMap((effect) => (effect.kind === 'setState' && 'value' in effect ? [String(effect.value)] : [])),
  )
  return process.initialState === null ? set : [process.initialState, ...set]
}

/** The pattern itself; one kept in Configuración is checked with its default. */
function patternOf(code: unknown, settings: FormSchema | undefined): string | undefined {
  if (typeof code === 'string') return code
  const { pattern, setting } = (code ?? {}) as { pattern?: unknown; setting?: string }
  if (setting !== undefined) {
    const place = propertiesOf(settings ?? {}).find(({ path }) => path === setting)
    return typeof place?.schema.default === 'string' ? place.schema.default : undefined
  }
  return patternOf(pattern, settings)
}

function checkPattern(file: string, at: string, pattern: string, entity: EntityDefinition): Finding[] {
  const findings: Finding[] = []
  const where = `${at}/x-code`
  for (const token of pattern.match(/\{[^{}]*\}/g) ?? []) {
    const names = namesInPattern(token)
    const missing = names.filter((name) => entity.properties[name] === undefined)
    for (const name of missing) {
      findings.push(
        errorAt('code-pattern', file, where, `El código nombra «${name}», que no es un campo`, 'Corrija el nombre'),
      )
    }
    const isSure = names.some((name) => isGiven(name, entity, names.length > 1))
    if (names.length > 0 && missing.length === 0 && !isSure) {
      const cure = `Ponga «${names[0]}» en "required"`
      findings.push(errorAt('code-pattern', file, where, `«${token}» puede quedar vacío`, cure))
    }
  }
  if (/\{(?!year\})[^{}:]*\}\{seq:/.test(pattern)) {
    const cure = 'Ponga un guion antes de {seq:…} si el texto anterior varía de largo'
    findings.push(warningAt('code-pattern', file, where, 'Dos códigos distintos podrían leerse igual', cure))
  }
  return findings
}

/** Whether a field of a code has a value when the record is saved; one of several alternatives may depend on a rule. */
function isGiven(name: string, entity: EntityDefinition, isAlternative: boolean): boolean {
  const schema = entity.properties[name]
  const isRequired = entity.required?.includes(name) === true || schema?.default !== undefined
  return (
    isRequired || schema?.['x-computed'] !== undefined || (isAlternative && schema?.['x-required-when'] !== undefined)
  )
}
