import type { FormSchema } from '../types.ts'

/** Words of JSON Schema that only describe; a validator has no use for them. */
export const DESCRIPTIVE: ReadonlySet<string> = new Set([
  'title',
  'description',
  'examples',
  'default',
  'readOnly',
  'writeOnly',
  '$comment',
  '$schema',
  '$id',
])

/**
 * What Ajv compiles: the schema without annotations and descriptions, with `oneOf` of constants as one `enum`
 * (one error instead of one per option).
 */
export function toValidationSchema(schema: FormSchema): FormSchema {
  return convert(schema) as FormSchema
}

function convert(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('x-') || DESCRIPTIVE.has(key)) continue
    if (key === 'oneOf' && isOptions(value)) result.enum = value.map((option) => option.const)
    else if (key === 'properties' || key === 'patternProperties' || key === 'definitions')
      result[key] = mapEntries(value)
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf')
      result[key] = Array.isArray(value) ? value.map(convert) : value
    else if (key === 'enum' || key === 'const' || key === 'required') result[key] = value
    else result[key] = convert(value)
  }
  return result
}

function isOptions(value: unknown): value is { const: unknown }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((option) => typeof option === 'object' && option !== null && 'const' in option)
  )
}

function mapEntries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, convert(property)]))
}
