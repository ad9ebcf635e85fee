import { decimalRuleOf, normalizeDecimal } from '../schema/decimals.ts'
import { isObject } from '../schema/valueAt.ts'
import type { FormSchema, Json, JsonObject } from '../types.ts'

const RULES: Partial<Record<string, (text: string, isLong: boolean) => string>> = {
  // In a field of several lines they are what somebody wrote.
  trim: (text, isLong) =>
    isLong
      ? text
          .trim()
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n ?/g, '\n')
      : text.trim().replace(/\s+/g, ' '),
  upper: (text) => text.toLocaleUpperCase('es'),
  lower: (text) => text.toLocaleLowerCase('es'),
  // Only what people put between digits goes; a letter stays, so that the pattern refuses it (FM-D-021).
  digits: (text) => text.replace(/[\s().-]/g, ''),
}

export function isTextRule(name: string): boolean {
  return Object.hasOwn(RULES, name)
}

/**
 * A value as it is kept: `x-normalize` applied, decimals at their scale, nothing for blank texts and nulls,
 * names outside the schema left out.
 * @returns undefined for nothing
 */
export function normalizeValue(schema: FormSchema, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (schema.properties && isObject(value)) return normalizeObject(schema.properties, value)
  if (schema.items && Array.isArray(value)) {
    const items = schema.items
    // A row without anything in it yet is still a row.
    return value
      .map((item) => normalizeValue(items, item) ?? (items.properties ? {} : null))
      .filter((item) => item !== null)
  }
  const decimal = decimalRuleOf(schema)
  if (decimal && (typeof value === 'string' || typeof value === 'number')) {
    const fixed = normalizeDecimal(value, decimal, false)
    return fixed === '' ? undefined : fixed
  }
  if (typeof value !== 'string') return value
  const text = normalizeText(schema, value)
  return text.trim() === '' ? undefined : text
}

function normalizeText({ 'x-normalize': rules, 'x-widget': widget }: FormSchema, text: string): string {
  if (!Array.isArray(rules)) return text
  const isLong = widget === 'textarea'
  return rules.reduce<string>((result, rule) => RULES[String(rule)]?.(result, isLong) ?? result, text)
}

function normalizeObject(properties: Record<string, FormSchema>, value: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const [name, property] of Object.entries(properties)) {
    const entry = Object.hasOwn(value, name) ? normalizeValue(property, value[name]) : undefined
    if (entry !== undefined) result[name] = entry
  }
  return result
}
