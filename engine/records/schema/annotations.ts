import type { EntityDefinition } from '#definitions'
import { parentFields, type FormSchema } from '#forms'

/** What the annotations of an entity say, in the form the operations ask for. */

export interface ReferenceAnnotation {
  entity: string
  onDelete: 'restrict' | 'clear' | 'cascade'
  /** Row rule over `option`: what may be chosen. */
  where: string | null
  /** Row rules over `option`: what is offered first. */
  prefer: string[]
  /** Inactive records may be chosen too. */
  inactive: boolean
}
export function referenceOf(schema: FormSchema | undefined): ReferenceAnnotation | null {
  const given = schema?.['x-ref'] as string | (Partial<ReferenceAnnotation> & { entity: string }) | undefined
  if (!given) return null
  const {
    entity,
    onDelete = 'restrict',
    where = null,
    prefer = [],
    inactive = false,
  } = typeof given === 'string' ? { entity: given } : given
  return { entity, onDelete, where, prefer, inactive }
}

/** Where else the value of a field is looked for, and what of the record found there may be copied. */
export interface LookupAnnotation {
  from: string
  fill: string[]
  title: string
}
export const lookupsOf = (schema: FormSchema | undefined): LookupAnnotation[] =>
  [(schema?.['x-lookup'] ?? []) as LookupAnnotation | LookupAnnotation[]].flat()

/** The catalogue of a field and the fields it is chosen within, nearest first. */
export function catalogOf(schema: FormSchema | undefined): { catalog: string; parents: string[] } | null {
  const given = schema?.['x-catalog'] as string | { catalog: string } | undefined
  if (!given) return null
  return { catalog: typeof given === 'string' ? given : given.catalog, parents: parentFields(given) }
}

export interface FileAnnotation {
  types?: string[]
  max?: string
}
export function fileOf(schema: FormSchema | undefined): FileAnnotation | null {
  const given = schema?.['x-file'] as true | FileAnnotation | undefined
  if (!given) return null
  return given === true ? {} : given
}

export interface CodeAnnotation {
  pattern: string
  /** The state on entering which it is given; null: at once. */
  at: string | null
}
export function codeOf(schema: FormSchema): CodeAnnotation | null {
  const given = schema['x-code'] as string | { pattern?: string; at?: string } | undefined
  if (!given) return null
  return typeof given === 'string'
    ? { pattern: given, at: null }
    : { pattern: given.pattern ?? '', at: given.at ?? null }
}

const findField = (definition: EntityDefinition, annotation: string): string | null =>
  Object.entries(definition.properties).find(([, property]) => property[annotation] !== undefined)?.[0] ?? null

/** The field that holds the QR code, and what is printed beside it (a pattern as in `x-label`). */
export function qrOf(definition: EntityDefinition): { field: string; label: string | null } | null {
  const field = findField(definition, 'x-qr')
  if (field === null) return null
  const given = definition.properties[field]?.['x-qr'] as true | { label?: string }
  return { field, label: given === true ? null : (given.label ?? null) }
}

export const stateField = (definition: EntityDefinition): string | null => findField(definition, 'x-state')
export const codeField = (definition: EntityDefinition): string | null => findField(definition, 'x-code')

/** The built-in entity of accounts. */
export const USER_ENTITY = '$user'
