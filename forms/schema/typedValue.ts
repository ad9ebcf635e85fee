import { toFeelDate } from '../expressions/feelValues.ts'
import type { FormSchema, Json } from '../types.ts'
import { isObject } from './valueAt.ts'

/**
 * A value as expressions see it: every declared name present (null when empty), dates as FEEL dates. A value
 * of the wrong type reads as null: the validator says so to the person, an expression need not fail as well.
 */
export function typedValue(schema: FormSchema, value: Json | undefined): unknown {
  if (schema.properties) return typedObject(schema, value)
  if (value === undefined || value === null || value === '') return null
  if (schema.type === 'array' || schema.items) {
    const items = schema.items ?? {}
    return Array.isArray(value) ? value.map((item) => typedValue(items, item)) : null
  }
  if (schema.format === 'date' || schema.format === 'date-time') {
    return typeof value === 'string' ? toFeelDate(value) : null
  }
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? value : null
    case 'integer':
    case 'number':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    default:
      return isLikeOptions(schema, value) ? value : null
  }
}

/** An enumeration takes values of the type of its options, also ones that are no longer among them. */
function isLikeOptions(schema: FormSchema, value: Json): boolean {
  const options: unknown[] = schema.enum ?? schema.oneOf?.map((option) => option.const) ?? []
  return options.length === 0 || options.some((option) => typeof option === typeof value)
}

function typedObject(schema: FormSchema, value: Json | undefined): Record<string, unknown> {
  const source = isObject(value) ? value : {}
  const typed: Record<string, unknown> = {}
  // Names outside the schema (a saved record seen by a form that shows part of it) are passed as they are.
  for (const [name, entry] of Object.entries(source)) {
    if (!Object.hasOwn(schema.properties!, name)) typed[name] = entry
  }
  for (const [name, property] of Object.entries(schema.properties!)) {
    typed[name] = typedValue(property, Object.hasOwn(source, name) ? source[name] : undefined)
  }
  return typed
}
