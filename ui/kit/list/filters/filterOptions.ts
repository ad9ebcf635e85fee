import type { CatalogView, FilterView } from '#engine/contract'

/** What a filter offers, in the order of the definition. `parents`: rows of other parents are left out. */
export function filterOptions(
  filter: FilterView,
  catalog: CatalogView | undefined,
  parents: string[] | null = null,
): { value: string; label: string }[] {
  if (filter.kind !== 'catalog')
    return (filter.options ?? []).map((option) => ({ value: option.value, label: option.title }))
  return (catalog?.rows ?? [])
    .filter((row) => !parents?.length || row.parent === null || parents.includes(row.parent))
    .map((row) => ({ value: row.key, label: row.title }))
}
