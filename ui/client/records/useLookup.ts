import { useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Another record with the same value in a field; nothing is asked while there is no value. */
export function useLookup(entity: string | null, field: string, value: string, record: string | null) {
  return useQuery({
    queryKey: keys.lookup(entity ?? '', field, value, record),
    enabled: entity !== null && value !== '',
    staleTime: 60_000,
    retry: false,
    queryFn: ({ signal }) => request('lookUp', { params: { entity: entity! }, body: { field, value, record }, signal }),
  })
}
