import { useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Rows of a catalogue. They change rarely: read once an hour. */
export function useCatalog(catalog: string | undefined) {
  return useQuery({
    queryKey: keys.catalog(catalog ?? ''),
    enabled: !!catalog,
    staleTime: 60 * 60_000,
    queryFn: ({ signal }) => request('getCatalog', { params: { catalog: catalog! }, signal }),
  })
}
