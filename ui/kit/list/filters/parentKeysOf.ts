import type { FilterView } from '#engine/contract'
import type { ListQuery } from '../listQuery.ts'

/** The chosen keys of the catalogue that this filter's catalogue hangs on; null: none is chosen, or it hangs on none. */
export const parentKeysOf = (filter: FilterView, query: ListQuery): string[] | null =>
  (filter.parent ? query.filters[filter.parent] : undefined) ?? null
