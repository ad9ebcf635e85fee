import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { download } from './download.ts'
import { keys } from './keys.ts'
import { request } from './request.ts'

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

/** What a list is narrowed to, as a file that the browser keeps. */
export function useExportRecords(entity: string) {
  return useMutation({
    mutationFn: ({ search, format }: { search: URLSearchParams; format: 'xlsx' | 'pdf' | 'csv' }) => {
      const query = new URLSearchParams(search)
      query.set('format', format)
      return download('exportRecords', { params: { entity }, query })
    },
  })
}
