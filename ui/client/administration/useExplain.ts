import { useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

export interface ExplainQuery {
  thing?: string
  action?: string
  id?: string
  task?: string
}

/** Why one may or may not do something; asked only when somebody wants to know. */
export function useExplain(query: ExplainQuery, wanted: boolean) {
  return useQuery({
    queryKey: keys.explain(JSON.stringify(query)),
    enabled: wanted,
    staleTime: 0,
    queryFn: ({ signal }) => request('explain', { query: { ...query }, signal }),
  })
}
