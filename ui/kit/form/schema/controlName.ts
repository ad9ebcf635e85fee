import type { FormSchema } from '#forms'
import { annotationOf } from './annotationOf.ts'

/** Names of the controls a field may be drawn with. */
export type ControlName =
  | 'text'
  | 'textarea'
  | 'select'
  | 'radio'
  | 'choices'
  | 'catalog'
  | 'reference'
  | 'references'
  | 'suggest'
  | 'date'
  | 'dateTime'
  | 'decimal'
  | 'integer'
  | 'checkbox'
  | 'file'
  | 'files'
  | 'qr'
  | 'table'

const hasOptions = (schema: FormSchema) => !!schema.enum || !!schema.oneOf?.every((option) => 'const' in option)

/** The control of a field, from what its definition says it is; `x-widget` may ask for another built-in one. */
export function controlName(schema: FormSchema): ControlName {
  const asked = schema['x-widget']
  if (schema.type === 'array') {
    const items = schema.items ?? {}
    if (items.type === 'object') return 'table'
    if (annotationOf(items, 'x-file')) return 'files'
    if (annotationOf(items, 'x-ref')) return 'references'
    return 'choices'
  }
  if (annotationOf(schema, 'x-file')) return 'file'
  if (annotationOf(schema, 'x-ref')) return 'reference'
  if (annotationOf(schema, 'x-catalog')) return 'catalog'
  if (schema.type === 'boolean') return 'checkbox'
  if (schema.type === 'integer') return 'integer'
  if (schema['x-decimal'] !== undefined || schema['x-money'] !== undefined) return 'decimal'
  if (hasOptions(schema)) return asked === 'radio' ? 'radio' : 'select'
  if (schema.format === 'date') return 'date'
  if (schema.format === 'date-time') return 'dateTime'
  if (schema['x-qr']) return 'qr'
  if (annotationOf(schema, 'x-suggest')) return 'suggest'
  if (asked === 'textarea' || (typeof schema.maxLength === 'number' && schema.maxLength > 300)) return 'textarea'
  return 'text'
}

const wideControls = new Set<ControlName>(['textarea', 'table', 'file', 'files', 'choices'])

/** Fields that take a whole row of the two-column layout. */
export const isWide = (schema: FormSchema) => wideControls.has(controlName(schema))
