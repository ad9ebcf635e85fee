import type { CatalogView } from '#engine/contract'
import type { Json, Narrowing } from '#forms'

/**
 * What a catalogue field offers: active rows (and the one it holds), of what was chosen above it, with the detail that
 * tells them apart. Where a level between was left out, the row says where it belongs: names repeat.
 * `narrowing`: null where nothing is chosen above yet; undefined when the field is free.
 */
export function catalogOptions(
  rows: CatalogView['rows'],
  narrowing: Narrowing | null | undefined,
  held: Json | undefined,
): { value: string; label: string }[] {
  const isAllowed = (row: CatalogView['rows'][number]): boolean => {
    if (narrowing === undefined) return true
    const above = narrowing && (narrowing.level === 0 ? row.parent : row.above?.[narrowing.level])
    return above !== null && above !== undefined && narrowing!.keys.includes(above)
  }
  const placeOf = (row: CatalogView['rows'][number]) => (narrowing && narrowing.level > 0 ? row.parentTitle : null)
  return rows
    .filter((row) => (!row.inactive || row.key === held) && isAllowed(row))
    .map((row) => ({
      value: row.key,
      label: [row.title, ...[placeOf(row), row.detail].filter(Boolean).map((text) => `(${text})`)].join(' '),
    }))
}
