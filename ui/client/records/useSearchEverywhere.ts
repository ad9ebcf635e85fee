import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { request } from '../http/request.ts'

/** Records of every kind that contain the words; what was found before stays while the next answer is on its way. */
export function useSearchEverywhere(q: string) {
  return useQuery({
    queryKey: ['search', q],
    enabled: q.length >= 2,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('searchEverywhere', { query: { q }, signal }),
  })
}
