import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, warningAt } from '../finding.ts'
import { statesSetBy } from './checkCodes.ts'

/** State fields (`x-state`): one per entity, with options, all of them within reach of a process. */
export function checkStates({ pack, processes }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) => {
    const file = `entities/${key}.json`
    const places = propertiesOf(entity).filter(({ schema }) => schema['x-state'] === true)
    const [state, ...others] = places
    const findings = others.map(({ at, name }) =>
      errorAt('state', file, at, `«${name}» es un segundo estado`, 'Deje un solo campo con x-state'),
    )
    if (!state) return findings
    const options = optionsOf(state.schema)
    if (options.length === 0) {
      return [
        ...findings,
        errorAt('state', file, state.at, `«${state.name}» no dice sus estados`, 'Añada "enum" u "oneOf"'),
      ]
    }
    // It follows by date: no process writes it.
    if (entity['x-effective']?.state?.field === state.name) return findings
    const owned = Object.entries(processes).filter(([, process]) => process.entity === key)
    for (const [process, model] of owned) {
      for (const value of statesSetBy(model).filter((candidate) => !options.includes(candidate))) {
        const cure = `Estados de «${entity.title}»: ${options.join(', ')}`
        findings.push(
          errorAt('unresolved', `processes/${process}.bpmn`, process, `No existe el estado «${value}»`, cure),
        )
      }
    }
    const reached = new Set(owned.flatMap(([, model]) => statesSetBy(model)))
    for (const option of options.filter((candidate) => owned.length > 0 && !reached.has(candidate))) {
      findings.push(
        warningAt(
          'state',
          file,
          state.at,
          `Ningún proceso llega al estado «${option}»`,
          'Quítelo, o póngalo en el proceso',
        ),
      )
    }
    return findings
  })
}

/** The values of a field with options. */
export function optionsOf(schema: FormSchema): string[] {
  return (schema.enum ?? schema.oneOf?.map((option) => option.const) ?? []).map(String)
}
