import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Values that a field of a form, or a filter, proposes for what was typed. `record`: the one being edited. */
export function useSuggestions(
  entity: string | null,
  field: string,
  { q, record = null, isFilter, enabled }: { q: string; record?: string | null; isFilter?: true; enabled: boolean },
) {
  const query = new URLSearchParams({ q, ...(record ? { record } : {}), ...(isFilter ? { for: 'filter' } : {}) })
  return useQuery({
    queryKey: keys.suggestions(entity ?? '', field, query.toString()),
    enabled: enabled && entity !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('suggestValues', { params: { entity: entity!, field }, query, signal }),
  })
}
