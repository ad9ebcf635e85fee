import type { FormSchema } from '#forms'
import type { EntityDefinition, Finding } from '../../types.ts'
import { propertiesOf, referredEntity, type CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'

interface LookupWords {
  from: string
  fill: string[]
}

/** `x-lookup`: the other entity has the field itself and what is copied, in the same shape, and stored. */
export function checkLookups({ pack, names }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) =>
    propertiesOf(entity).flatMap(({ at: place, name, depth, schema }) => {
      const given = schema['x-lookup'] as LookupWords | LookupWords[] | undefined
      if (!given) return []
      const file = `entities/${key}.json`
      const at = `${place}/x-lookup`
      if (depth > 1) return [errorAt('lookup', file, at, `«${name}» es una columna`, 'Ponga "x-lookup" en un campo')]
      return [given].flat().flatMap((lookup) => {
        const other = pack.entities[lookup.from]
        const known = [...names.entities]
        if (!other && !names.entities.has(lookup.from))
          return [unknownName(file, `${at}/from`, 'la entidad', lookup.from, known)]
        if (!other) return []
        return [name, ...lookup.fill].flatMap((field) => {
          const problem = problemOf(field, entity, other)
          return problem === null
            ? []
            : [errorAt('lookup', file, at, problem, 'Quítelo de "fill" o déjelo igual en ambas')]
        })
      })
    }),
  )
}

function problemOf(field: string, entity: EntityDefinition, other: EntityDefinition): string | null {
  const [here, there] = [entity.properties[field], other.properties[field]]
  if (!here || !there) return `El campo «${field}» no está en las dos entidades`
  if (kindOf(here) !== kindOf(there)) return `El campo «${field}» no guarda lo mismo en las dos entidades`
  const isCopied = !['x-ref', 'x-file', 'x-state', 'x-code', 'x-computed'].some((word) => here[word] !== undefined)
  if (!isCopied || referredEntity(here) !== null || here.type === 'array')
    return `El campo «${field}» no se puede copiar: es una lista, una referencia, un archivo o lo pone el sistema`
  return null
}

const kindOf = (schema: FormSchema): string =>
  JSON.stringify([schema.type, schema.format, schema.enum, schema['x-catalog'], schema['x-decimal'], schema['x-money']])
