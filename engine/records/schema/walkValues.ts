import type { FormSchema, Json, JsonObject } from '#forms'

/** Visits every value that a schema describes, nested objects and list items included. Paths are dotted. */
export function walkValues(
  schema: FormSchema,
  value: Json | undefined,
  visit: (path: string, schema: FormSchema, value: Json, parent: JsonObject) => void,
): void {
  walk(schema, value, '', {}, visit)
}

function walk(
  schema: FormSchema,
  value: Json | undefined,
  path: string,
  parent: JsonObject,
  visit: (path: string, schema: FormSchema, value: Json, parent: JsonObject) => void,
): void {
  if (value === undefined || value === null) return
  if (path !== '') visit(path, schema, value, parent)
  if (Array.isArray(value)) {
    const { items } = schema
    if (items) value.forEach((item, index) => walk(items, item, `${path}.${index}`, parent, visit))
    return
  }
  if (typeof value === 'object') {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      walk(property, value[name], path === '' ? name : `${path}.${name}`, value, visit)
    }
  }
}
