import type { FormSchema, Json, JsonObject } from '#forms'

const parts = (path: string) => (path ? path.split('.') : [])

/** The part of a schema that describes `path` (`socios.0.correo`); null where there is none. */
export function schemaAt(schema: FormSchema, path: string): FormSchema | null {
  let here: FormSchema | undefined = schema
  for (const part of parts(path))
    here = here && (/^\d+$/.test(part) && here.items ? here.items : here.properties?.[part])
  return here ?? null
}

/** The field that shows what `path` is about: an element of a plain list belongs to the list, which is one control. */
export function fieldPath(schema: FormSchema, path: string): string {
  const list = /^(.+)\.\d+$/.exec(path)?.[1]
  const items = list === undefined ? undefined : schemaAt(schema, list)?.items
  return list !== undefined && items && !items.properties ? list : path
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(value: JsonObject, path: string): Json | undefined {
  let here: Json | undefined = value
  for (const part of parts(path)) {
    if (Array.isArray(here)) here = here[Number(part)]
    else if (here && typeof here === 'object') here = here[part]
    else return undefined
  }
  return here
}

/** What to call a field when it has no title. */
export const titleOf = (schema: FormSchema | null, path: string) => schema?.title ?? path.split('.').at(-1) ?? path
