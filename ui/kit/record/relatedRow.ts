import type { EntityView } from '#engine/contract'
import type { Json, JsonObject } from '#forms'

/** A record that will be made with its parent, or joined to it, as the parent's form keeps it. */
export interface RelatedRow {
  /** It is there already, and nobody's: nothing but its parent changes. */
  id?: string
  data: JsonObject
  /** What it is called until the server names it. */
  label: string
}

/** Stands where the parent's id will be: the parent is not saved yet. */
export const unsavedParent = '0'.repeat(24)

export function rowsAt(related: Json | undefined, name: string): RelatedRow[] {
  const rows = related && typeof related === 'object' && !Array.isArray(related) ? related[name] : undefined
  return (Array.isArray(rows) ? rows : []) as unknown as RelatedRow[]
}

/** What to call a record that has no label yet: the texts that its cards show. */
export function provisionalLabel(entity: EntityView, data: JsonObject): string {
  const texts = [...entity.list.columns, ...Object.keys(entity.schema.properties ?? {})].flatMap((name) => {
    const field = entity.schema.properties?.[name]
    const value = data[name]
    const isText = field?.type === 'string' && !field['x-ref'] && !field['x-catalog']
    return isText && typeof value === 'string' && value !== '' ? [value] : []
  })
  return [...new Set(texts)].slice(0, 2).join(' · ') || entity.title
}

/** What is sent of the rows: the id of one that is there, else the data. */
export function sentRows(
  related: JsonObject | undefined,
): Record<string, ({ data: JsonObject } | { id: string })[]> | undefined {
  const named = Object.keys(related ?? {}).flatMap((name) => {
    const rows = rowsAt(related, name).map(({ id, data }) => (id === undefined ? { data } : { id }))
    return rows.length ? [[name, rows] as const] : []
  })
  return named.length ? Object.fromEntries(named) : undefined
}
