import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import type { FormSchema } from '#forms'
import { controlName } from './controlName.ts'

/**
 * The form as react-jsonschema-form needs it to lay out fields: only types, names and nesting. What validates, hides,
 * requires or computes is decided by the form model (`#forms`), so nothing of it may act twice.
 */
export function displaySchema(schema: FormSchema): RJSFSchema {
  const type = schema.type ?? (schema.properties ? 'object' : schema.items ? 'array' : 'string')
  if (type === 'object')
    return {
      type,
      properties: Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, field]) => [name, displaySchema(field)]),
      ),
    }
  if (type === 'array') return { type, items: displaySchema(schema.items ?? {}) }
  return { type: type as 'string' }
}

/** Which control draws each field. A list is drawn by one control as a whole (sub-list, files, several choices). */
export function displayUiSchema(schema: FormSchema): UiSchema {
  const fields: UiSchema = {}
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    fields[name] =
      field.type === 'object' && field.properties ? displayUiSchema(field) : { 'ui:widget': controlName(field) }
  return fields
}
