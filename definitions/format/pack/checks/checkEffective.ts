import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, proposeName, unknownName } from '../finding.ts'
import { optionsOf } from './checkStates.ts'

/** `x-effective`: fields that exist, a day that is a day, and a state that says what it is called. */
export function checkEffective({ pack }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) => {
    const effective = entity['x-effective']
    if (!effective) return []
    const file = `entities/${key}.json`
    const at = '/x-effective'
    const own = Object.keys(entity.properties)
    const named: [string, string][] = [
      ['/from', effective.from],
      ...(effective.by ?? []).map((name, index): [string, string] => [`/by/${index}`, name]),
      ...(effective.state ? [['/state/field', effective.state.field] satisfies [string, string]] : []),
    ]
    const findings = named
      .filter(([, name]) => !own.includes(name))
      .map(([place, name]) => unknownName(file, at + place, 'el campo', name, own))
    const fail = (place: string, message: string, cure: string) =>
      findings.push(errorAt('effective', file, at + place, message, cure))
    const from = entity.properties[effective.from]
    if (from && from.format !== 'date') fail('/from', `«${effective.from}» no es una fecha`, 'Use "format": "date"')
    if (from && !entity.required?.includes(effective.from))
      fail('/from', `«${effective.from}» puede quedar vacío`, 'Póngalo en "required"')
    const { state } = effective
    const shown = state && entity.properties[state.field]
    if (!state || !shown) return findings
    if (shown['x-state'] !== true) fail('/state/field', `«${state.field}» no es el estado`, 'Póngale "x-state": true')
    const options = optionsOf(shown)
    for (const word of ['scheduled', 'active', 'inactive', 'cancelled'] as const) {
      const value = state[word]
      if (value !== undefined && !options.includes(value))
        fail(`/state/${word}`, `«${value}» no está entre las opciones`, proposeName(value, options))
    }
    if (effective.cancel && state.cancelled === undefined)
      fail('/state', 'Falta cómo se llama lo cancelado', 'Añada "cancelled"')
    return findings
  })
}
