import type { FormSchema } from '#forms'

/** How lists compare the values of a field. `none`: they do not (files, tables, objects, values that are not stored). */
export type FieldKind =
  'text' | 'code' | 'decimal' | 'integer' | 'date' | 'moment' | 'boolean' | 'choice' | 'reference' | 'catalog' | 'none'

/** Of a list of plain values, the kind of one value: a record is found by any of them. */
export function fieldKind(property: FormSchema | undefined): FieldKind {
  if (!property || isOnlyShown(property) || property['x-encrypted']) return 'none'
  const field = property.type === 'array' || property.items ? (property.items ?? {}) : property
  if (field.properties || field.type === 'object' || field['x-file']) return 'none'
  if (field['x-code']) return 'code'
  if (field['x-ref']) return 'reference'
  if (field['x-catalog']) return 'catalog'
  if (field['x-decimal'] || field['x-money']) return 'decimal'
  if (field.oneOf || field.enum) return 'choice'
  if (field.type === 'boolean') return 'boolean'
  if (field.type === 'integer') return 'integer'
  if (field.format === 'date') return 'date'
  if (field.format === 'date-time') return 'moment'
  return field.type === 'string' ? 'text' : 'none'
}

export const isList = (property: FormSchema | undefined): boolean =>
  property?.type === 'array' || property?.items !== undefined

/** Computed each time it is read: no query can see it. */
function isOnlyShown(property: FormSchema): boolean {
  const computed = property['x-computed'] as string | { on?: string[] } | undefined
  return typeof computed === 'object' && (computed.on?.includes('read') ?? false)
}
