import { compileRule, ExpressionError, type FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { readFact } from '../../readFact.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'

/** Rules about rows (of roles, references, filters and facts): they must become queries, over fields that exist. */
export function checkRules(input: CheckInput): Finding[] {
  return [...rulesOf(input).flatMap(checkRule), ...checkAuditRules(input)]
}

interface PlacedRule {
  file: string
  at: string
  text: string
  /** Fields of the rows it chooses among; undefined when they are not known. */
  fields: FormSchema | undefined
}

function rulesOf({ pack }: CheckInput): PlacedRule[] {
  const rules: PlacedRule[] = []
  for (const [entity, row] of Object.entries(pack.roles.rows ?? {})) {
    for (const [grantee, text] of Object.entries(row)) {
      const fields = entity === 'audit' ? auditFields(pack.entities) : pack.entities[entity]
      rules.push({ file: 'roles.json', at: `/rows/${entity}/${grantee}`, text, fields })
    }
  }
  for (const [key, { entity, where }] of Object.entries(pack.views))
    if (where !== undefined)
      rules.push({ file: `views/${key}.json`, at: '/where', text: where, fields: pack.entities[entity] })
  for (const [key, entity] of Object.entries(pack.entities)) {
    const file = `entities/${key}.json`
    const activeWhen = entity['x-account']?.activeWhen
    if (activeWhen) rules.push({ file, at: '/x-account/activeWhen', text: activeWhen, fields: entity })
    const effective = entity['x-effective']
    if (effective?.where) rules.push({ file, at: '/x-effective/where', text: effective.where, fields: entity })
    entity['x-list']?.filters?.forEach((filter, index) => {
      if (typeof filter === 'object' && filter.where) {
        rules.push({ file, at: `/x-list/filters/${index}/where`, text: filter.where, fields: entity })
      }
    })
    for (const [name, fact] of Object.entries(entity['x-facts'] ?? {})) {
      const fields = pack.entities[readFact(fact)?.entity ?? '']
      if (typeof fact.where === 'string') rules.push({ file, at: `/x-facts/${name}/where`, text: fact.where, fields })
    }
    for (const { at, schema } of propertiesOf(entity)) {
      const ref = (schema['x-ref'] ?? schema.items?.['x-ref']) as
        { entity?: string; where?: unknown; prefer?: unknown } | string | undefined
      if (typeof ref !== 'object') continue
      const fields = pack.entities[ref.entity ?? '']
      if (typeof ref.where === 'string') rules.push({ file, at: `${at}/x-ref/where`, text: ref.where, fields })
      if (Array.isArray(ref.prefer)) {
        ref.prefer.forEach((text: unknown, index) => {
          if (typeof text === 'string') rules.push({ file, at: `${at}/x-ref/prefer/${index}`, text, fields })
        })
      }
    }
  }
  return rules
}

/** What a row rule of the audit may read: the row, and the record it is about under the name of its entity. */
function auditFields(entities: Record<string, FormSchema>): FormSchema {
  const own = ['actor', 'action', 'module', 'entity', 'record', 'front', 'ip']
  return { properties: { ...Object.fromEntries(own.map((name) => [name, { type: 'string' }])), ...entities } }
}

/** A rule of the audit is about the row, or about one kind of record and its fields: anything else is no query. */
function checkAuditRules({ pack }: CheckInput): Finding[] {
  return Object.entries(pack.roles.rows?.audit ?? {}).flatMap(([grantee, text]) => {
    const paths = pathsOf(text)
    const about = paths.map((path) => path.split('.')).filter(([name = '']) => name in pack.entities)
    if (about.length === 0) return []
    const at = `/rows/audit/${grantee}`
    const cure = 'Use solo campos del registro de una entidad: record.entidad.campo'
    if (about.length < paths.length || new Set(about.map(([name]) => name)).size > 1)
      return [errorAt('row-grammar', 'roles.json', at, `La regla «${text}» habla de más de una cosa`, cure)]
    return about
      .filter(([name = '', field = '']) => field !== 'id' && !(field in (pack.entities[name]?.properties ?? {})))
      .map(([name = '', field = '']) =>
        errorAt('feel-name', 'roles.json', at, `No existe el campo «${field}» de «${name}»`, cure),
      )
  })
}

/** None where the rule cannot be read: that is found elsewhere. */
function pathsOf(text: string): string[] {
  try {
    return compileRule(text).paths
  } catch {
    return []
  }
}

function checkRule({ file, at, text, fields }: PlacedRule): Finding[] {
  try {
    const { paths } = compileRule(text)
    if (!fields) return []
    const known = ['id', ...Object.keys(fields.properties ?? {})]
    return paths
      .map((path) => path.split('.')[0] ?? '')
      .filter((name) => !known.includes(name))
      .map((name) => unknownName(file, at, 'el campo', name, known, 'feel-name'))
  } catch (problem) {
    const reason = problem instanceof ExpressionError ? problem.reason : String(problem)
    const cure = 'Copie el dato a un campo propio con x-computed y use ese campo'
    return [errorAt('row-grammar', file, at, `La regla «${text}» no se puede buscar: ${reason}`, cure)]
  }
}
