import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

/** Required fields that a person could never fill: hidden by a rule, or read-only without a value. */
export function checkRequired({ pack }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) => {
    const file = `entities/${key}.json`
    return propertiesOf({
      properties: { '': { properties: entity.properties, required: entity.required } },
    })
      .filter(({ schema }) => schema.required !== undefined || schema.items?.required !== undefined)
      .flatMap(({ at, schema }) => checkGroup(file, at.replace('/properties/', ''), schema.items ?? schema))
  })
}

function checkGroup(file: string, at: string, schema: FormSchema): Finding[] {
  return (schema.required ?? []).flatMap((name) => {
    const property = schema.properties?.[name]
    if (!property) return []
    const place = `${at}/properties/${name}`
    if (property['x-visible-when'] !== undefined) {
      const cure = 'Quítelo de "required" y ponga la misma condición en "x-required-when"'
      return [errorAt('hidden-required', file, place, `«${name}» es obligatorio y puede estar oculto`, cure)]
    }
    const isFilled = ['default', 'x-default', 'x-computed', 'x-code', 'x-state'].some(
      (word) => property[word] !== undefined,
    )
    if (property.readOnly === true && !isFilled) {
      return [
        errorAt(
          'never-editable',
          file,
          place,
          `«${name}» es obligatorio y nadie puede llenarlo`,
          'Dele un valor inicial',
        ),
      ]
    }
    return []
  })
}
