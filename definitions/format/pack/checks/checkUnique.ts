import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

interface Member {
  file: string
  at: string
  kind: string
}

/** What may not repeat: of one kind throughout a space, of stored fields, and compared as it is stored. */
export function checkUnique({ pack }: CheckInput): Finding[] {
  const findings: Finding[] = []
  const spaces = new Map<string, Member>()
  for (const [key, entity] of Object.entries(pack.entities)) {
    const file = `entities/${key}.json`
    for (const { at, name, schema } of propertiesOf(entity)) {
      findings.push(...checkRows(file, at, name, schema))
      const unique = schema['x-unique'] as true | { with?: string[]; space?: string } | undefined
      if (!unique) continue
      const given = unique === true ? {} : unique
      const lowered = (schema['x-normalize'] as string[] | undefined)?.includes('lower')
      if (schema.format === 'email' && !lowered) {
        const cure = 'Añada "x-normalize": ["trim", "lower"]'
        findings.push(errorAt('unique-shape', file, at, `«${name}» se repetiría con otras mayúsculas`, cure))
      }
      for (const field of [name, ...(given.with ?? [])]) findings.push(...checkStored(file, at, field, entity))
      if (given.space === undefined) continue
      const member = { file, at, kind: kindOf(schema) }
      const first = spaces.get(given.space)
      if (!first) spaces.set(given.space, member)
      else if (first.kind !== member.kind) {
        const what = `«${given.space}» reúne valores distintos: ${first.kind} y ${member.kind}`
        findings.push(errorAt('unique-shape', file, at, what, `Use el mismo tipo que ${first.file} ${first.at}`))
      }
    }
    entity['x-unique']?.forEach(({ fields }, index) => {
      for (const field of fields) findings.push(...checkStored(file, `/x-unique/${index}`, field, entity))
    })
  }
  return findings
}

const kindOf = (schema: FormSchema): string => [schema.type ?? 'string', schema.format].filter(Boolean).join(' ')

function checkStored(file: string, at: string, field: string, entity: FormSchema): Finding[] {
  const computed = entity.properties?.[field]?.['x-computed'] as { on?: string[] } | string | undefined
  const isRead = typeof computed === 'object' && computed.on?.includes('read') === true
  if (!isRead) return []
  return [errorAt('unique-shape', file, at, `«${field}» no se guarda: no puede ser único`, 'Quite "read" de "on"')]
}

/** A row that may not be removed must be known again: by the columns that together do not repeat. */
function checkRows(file: string, at: string, name: string, schema: FormSchema): Finding[] {
  const table = schema['x-table'] as { removeWhen?: string; uniqueBy?: string[] } | true | undefined
  if (typeof table !== 'object' || table.removeWhen === undefined || table.uniqueBy?.length) return []
  const cure = 'Añada "uniqueBy" con las columnas que identifican una fila'
  return [errorAt('unique-shape', file, at, `No se sabe qué fila de «${name}» se quitó`, cure)]
}
