import type { EntityDefinition } from '#definitions'
import { compileExpression, expandSchema, type CompiledExpression, type FormSchema, type JsonObject } from '#forms'
import { codeOf } from '../schema/annotations.ts'

/** A combination that must not repeat. */
export interface UniqueRule {
  /** Field that is told. */
  path: string
  fields: string[]
  /** Shared by fields of several entities. */
  space: string | null
  /** Both records must meet it to be in each other's way. */
  where: CompiledExpression | null
  level: 'error' | 'warn'
  message: string | null
  /** A unique index of the store stands behind it; else writers of one value wait for each other. */
  indexed: boolean
  /** It is the code's, which is given after everything else is known. */
  code: boolean
}

interface Written {
  with?: string[]
  space?: string
  where?: string
  level?: 'error' | 'warn'
  message?: string
}

/** What `x-unique` and `x-code` of an entity say, with Configuración in place. */
export function uniqueRules(definition: EntityDefinition, settings?: JsonObject): UniqueRule[] {
  const { properties } = settings
    ? expandSchema({ type: 'object', properties: definition.properties }, settings)
    : definition
  const rules: UniqueRule[] = []
  for (const [field, property] of Object.entries(properties ?? {})) {
    const given = property['x-unique'] as true | Written | undefined
    if (given)
      rules.push(ruleFor(field, given === true ? [field] : [field, ...(given.with ?? [])], given === true ? {} : given))
    if (property['x-code'])
      rules.push({ ...ruleFor(field, [field], {}), path: sourceOf(property, definition) ?? field, code: true })
  }
  const { 'x-unique': lists } = settings
    ? (expandSchema(
        { type: 'object', properties: {}, 'x-unique': definition['x-unique'] ?? [] },
        settings,
      ) as EntityDefinition)
    : definition
  for (const { fields, ...given } of lists ?? []) rules.push(ruleFor(fields[0] ?? '', fields, given))
  return rules
}

function ruleFor(path: string, fields: string[], given: Written): UniqueRule {
  const { space = null, where, level = 'error', message = null } = given
  const indexed = space === null && where === undefined && given.level === undefined
  return {
    path,
    fields,
    space,
    where: where === undefined ? null : compileExpression(where),
    level,
    message,
    indexed,
    code: false,
  }
}

/** Nobody can edit a code: who is told looks at the last field it is made of. */
function sourceOf(property: FormSchema, { properties }: EntityDefinition): string | null {
  const names = [...(codeOf(property)?.pattern ?? '').matchAll(/\{([^{}:.|]+)\}/g)].map(([, name]) => name ?? '')
  return names.filter((name) => Object.hasOwn(properties, name)).at(-1) ?? null
}
