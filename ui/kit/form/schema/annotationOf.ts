import type { FormSchema } from '#forms'

const shortForm: Record<string, string> = {
  'x-ref': 'entity',
  'x-catalog': 'catalog',
  'x-suggest': 'from',
  'x-file': 'types',
}

/** A field that only rules, filters and other fields read: it is drawn nowhere. */
export const isNeverDrawn = (schema: FormSchema | undefined): boolean => schema?.['x-widget'] === 'none'

/**
 * An annotation in its object form: `"x-ref": "sede"` and `"x-ref": {"entity": "sede"}` read the same.
 * null when the field does not carry it; `{}` when it only says true.
 */
export function annotationOf(schema: FormSchema, name: string): Record<string, unknown> | null {
  const said = schema[name]
  if (said === undefined || said === null || said === false) return null
  if (said === true) return {}
  if (typeof said === 'object' && !Array.isArray(said)) return said as Record<string, unknown>
  return { [shortForm[name] ?? 'value']: said }
}
