import { useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Kinds of records this user may read. */
export function useEntities() {
  return useQuery({
    queryKey: keys.entities,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => request('listEntities', { signal }),
  })
}

/** Definition of one kind of record, resolved for this user. */
export function useEntity(entity: string | undefined) {
  return useQuery({
    queryKey: keys.entity(entity ?? ''),
    enabled: !!entity,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => request('getEntity', { params: { entity: entity! }, signal }),
  })
}
