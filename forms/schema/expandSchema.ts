import type { FormSchema, Json, JsonObject } from '../types.ts'
import { checkShape } from './checkShape.ts'
import { decimalPattern, decimalRuleOf } from './decimals.ts'
import { FormModelError } from './FormModelError.ts'
import { isObject, valueAt } from './valueAt.ts'

/** Words that only the server acts on: the page has no use for them. */
const SERVER_WORDS = new Set([
  ...['x-list', 'x-facts', 'x-related', 'x-account', 'x-delete', 'x-inactivate', 'x-label', 'x-title-plural'],
  ...['x-personal', 'x-audience', 'x-effective', 'x-exchange'],
])

/**
 * The schema as it is compiled and served: every `{"setting": "a.b"}` replaced by its value in Configuración,
 * `x-decimal` and `x-money` given the pattern that Ajv checks, words of the server taken out. Pure.
 * Without `settings` those references are left in place.
 * @throws FormModelError when a setting does not exist
 */
export function expandSchema(schema: FormSchema, settings?: JsonObject): FormSchema {
  checkShape(schema)
  return expand(settings ? (resolveSettings(schema as Json, settings, '') as FormSchema) : schema)
}

function resolveSettings(node: Json, settings: JsonObject, path: string): Json {
  if (Array.isArray(node)) return node.map((item, index) => resolveSettings(item, settings, join(path, String(index))))
  if (!isObject(node)) return node
  const { setting } = node
  if (typeof setting === 'string' && Object.keys(node).length === 1) {
    const value = valueAt(settings, setting)
    if (value === undefined) throw new FormModelError(path, `No existe el ajuste «${setting}»`)
    return value
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, resolveSettings(value, settings, join(path, key))]),
  )
}

function expand(schema: FormSchema): FormSchema {
  const result: FormSchema = {}
  for (const [key, value] of Object.entries(schema)) {
    if (!SERVER_WORDS.has(key)) result[key] = value
  }
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, expand(property)]),
    )
  }
  if (schema.items && !Array.isArray(schema.items)) result.items = expand(schema.items)
  const decimal = decimalRuleOf(schema)
  if (decimal) {
    result.type = 'string'
    result['x-decimal'] = decimal
    result.pattern ??= decimalPattern(decimal.scale)
  }
  return result
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}
