import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** A page of records. `search` holds the list's query as the API reads it (see `ListQuery` in the kit). */
export function useRecords(entity: string | undefined, search: string, options: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: keys.recordList(entity ?? '', search),
    enabled: !!entity && options.enabled !== false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request('listRecords', { params: { entity: entity! }, query: new URLSearchParams(search), signal }),
  })
}
