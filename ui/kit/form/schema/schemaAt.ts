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

/** A copy with the value at a dotted path replaced (undefined removes it); what is beside the path is shared. */
export function withValue(root: JsonObject, path: string, value: Json | undefined): JsonObject {
  return replaced(root, parts(path), value) as JsonObject
}

function replaced(here: Json | undefined, [name, ...rest]: string[], value: Json | undefined): Json | undefined {
  if (name === undefined) return value
  if (Array.isArray(here)) {
    const at = Number(name)
    return here.map((item, index) => (index === at ? (replaced(item, rest, value) ?? null) : item))
  }
  const { [name]: held, ...others } = here && typeof here === 'object' ? here : {}
  const next = replaced(held, rest, value)
  return next === undefined ? others : { ...others, [name]: next }
}

/** What to call a field when it has no title. */
export const titleOf = (schema: FormSchema | null, path: string) => schema?.title ?? path.split('.').at(-1) ?? path
