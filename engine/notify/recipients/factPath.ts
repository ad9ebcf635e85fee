import type { FormSchema, Json, JsonObject } from '#forms'
import type { Pack } from '#definitions'

/** `record.a.b` in the facts; null where nothing is. Own properties only. */
export function valueAtPath(facts: JsonObject, path: string): Json {
  return path.split('.').reduce<Json>((value, name) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) return null
    return value[name] ?? null
  }, facts)
}

/** The entity that the reference at a path points at: `record.owner`, `ref.site.owner`, `ref.site.ref.x.owner`. */
export function entityAtPath(pack: Pack, entity: string, path: string): string | null {
  const names = path.split('.').filter((name) => name !== 'record' && name !== 'ref')
  return names.reduce<string | null>((at, name) => {
    const property = at === null ? undefined : pack.entities[at]?.properties[name]
    return property ? target(property) : null
  }, entity)
}

function target(property: FormSchema): string | null {
  const ref = (property['x-ref'] ?? property.items?.['x-ref']) as string | { entity?: string } | undefined
  return typeof ref === 'string' ? ref : (ref?.entity ?? null)
}
