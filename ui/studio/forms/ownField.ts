import type { FormSchema } from '#forms'

/** Kinds of field that an analyst can add to a form. */
export const ownFieldKinds = ['text', 'longText', 'integer', 'decimal', 'date', 'yesNo', 'choice', 'file'] as const
export type OwnFieldKind = (typeof ownFieldKinds)[number]

const made: Record<OwnFieldKind, FormSchema> = {
  text: { type: 'string', maxLength: 200 },
  longText: { type: 'string', maxLength: 2000, 'x-widget': 'textarea' },
  integer: { type: 'integer' },
  decimal: { type: 'string', 'x-decimal': true },
  date: { type: 'string', format: 'date' },
  yesNo: { type: 'boolean' },
  choice: { enum: [] },
  file: { type: 'string', 'x-file': { types: ['pdf', 'docx'], max: '10MB' } },
}

/** The schema of a field of this kind; the title is kept when the kind changes, the rest belongs to the kind. */
export function schemaOfKind(kind: OwnFieldKind, title: string, options: string[] = []): FormSchema {
  return { title, ...made[kind], ...(kind === 'choice' ? { enum: options } : {}) }
}

/** Which kind a schema is, or null when it is more than the editor can say (it is then left alone). */
export function kindOfSchema(schema: FormSchema): OwnFieldKind | null {
  if (schema.enum) return 'choice'
  if (schema['x-file']) return 'file'
  if (schema['x-decimal']) return 'decimal'
  if (schema.type === 'boolean') return 'yesNo'
  if (schema.type === 'integer') return 'integer'
  if (schema.type !== 'string' || schema['x-ref'] || schema['x-catalog'] || schema.oneOf) return null
  if (schema.format === 'date') return 'date'
  return schema['x-widget'] === 'textarea' ? 'longText' : schema.format ? null : 'text'
}
