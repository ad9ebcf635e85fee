import { decimalRuleOf } from '../../schema/decimals.ts'
import type { FormSchema } from '../../types.ts'
import type { FeelType } from '../feelValues.ts'

/** What is known of a value before it is there. */
export interface StaticType {
  /** `any`: nothing is known, everything is taken. */
  type: FeelType | 'any'
  /** A number kept as text: compared and computed by `money.…` only. */
  isDecimal: boolean
  canBeNull: boolean
  /** Of a context: what is in it. */
  entries: Record<string, FormSchema> | null
  required: ReadonlySet<string>
  /** Of a list. */
  items: StaticType | null
  /** A text written in the expression itself. */
  literal: string | null
}

export function known(type: StaticType['type'], canBeNull = false): StaticType {
  return { type, isDecimal: false, canBeNull, entries: null, required: new Set(), items: null, literal: null }
}

export const ANYTHING: StaticType = known('any', true)

/** The type of a property. An object without properties, or marked `x-open`, may hold anything. */
export function typeOfSchema(schema: FormSchema, canBeNull: boolean): StaticType {
  if (schema['x-open'] === true) return { ...ANYTHING, canBeNull }
  if (schema.properties) {
    return { ...known('context', canBeNull), entries: schema.properties, required: new Set(schema.required) }
  }
  if (decimalRuleOf(schema)) return { ...known('string', canBeNull), isDecimal: true }
  if (schema.type === 'array' || schema.items) {
    return { ...known('list', canBeNull), items: schema.items ? typeOfSchema(schema.items, false) : ANYTHING }
  }
  if (schema.format === 'date') return known('date', canBeNull)
  if (schema.format === 'date-time') return known('date time', canBeNull)
  switch (schema.type) {
    case 'string':
      return known('string', canBeNull)
    case 'integer':
    case 'number':
      return known('number', canBeNull)
    case 'boolean':
      return known('boolean', canBeNull)
    default:
      return { ...known(typeOfOptions(schema), canBeNull) }
  }
}

/** An enumeration has the type of its options, when they share one. */
function typeOfOptions(schema: FormSchema): StaticType['type'] {
  const options: unknown[] = schema.enum ?? schema.oneOf?.map((option) => option.const) ?? []
  const types = new Set(options.filter((option) => option !== null).map((option) => typeof option))
  const [only] = types
  return types.size === 1 && (only === 'string' || only === 'number' || only === 'boolean') ? only : 'any'
}
