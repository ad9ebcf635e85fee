import type { Finding } from '../../types.ts'
import { propertiesOf, referredEntity, type CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'

/** `x-fixed.by`: a process that makes records which refer to this one, so that each change leaves its trace. */
export function checkFixed({ pack, names, processes }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) =>
    propertiesOf(entity).flatMap(({ at: place, name, depth, schema }) => {
      const fixed = schema['x-fixed'] as { by?: string } | true | undefined
      const by = fixed === true ? undefined : fixed?.by
      if (by === undefined) return []
      const file = `entities/${key}.json`
      const at = `${place}/x-fixed/by`
      if (depth > 1) return [errorAt('fixed', file, at, `«${name}» es una columna`, 'Ponga "by" en un campo')]
      const known = [...names.processes]
      if (!names.processes.has(by)) {
        return [unknownName(file, at, 'el proceso', by, known)]
      }
      const process = processes[by]
      if (!process) return []
      const made = process.startOn === 'create' && process.entity ? pack.entities[process.entity] : undefined
      const refers = Object.values(made?.properties ?? {}).some((property) => referredEntity(property) === key)
      const cure = 'Nombre un proceso que empieza al crear un registro que se refiere a este'
      return refers ? [] : [errorAt('fixed', file, at, `«${by}» no crea registros que se refieran a «${key}»`, cure)]
    }),
  )
}
