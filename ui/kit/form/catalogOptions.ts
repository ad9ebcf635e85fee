import type { CatalogView } from '#engine/contract'
import type { Json } from '#forms'

/**
 * What a catalogue field offers: active rows (and the one it holds), of the parent when it hangs on another field.
 * `parent`: null when the field is free; its value may be one key or several.
 */
export function catalogOptions(
  rows: CatalogView['rows'],
  parent: { value: Json | undefined } | null,
  held: Json | undefined,
): { value: string; label: string }[] {
  const allowed = parent && (Array.isArray(parent.value) ? parent.value : [parent.value])
  return rows
    .filter((row) => (!row.inactive || row.key === held) && (!allowed || allowed.includes(row.parent)))
    .map((row) => ({ value: row.key, label: row.title }))
}
