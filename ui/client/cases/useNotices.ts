import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Notices of this user, the newest first; asked again every half minute. */
export function useNotices() {
  return useQuery({
    queryKey: keys.notices,
    refetchInterval: 30_000,
    queryFn: ({ signal }) => request('listNotices', { query: { size: 30 }, signal }),
  })
}

export function useReadNotices() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[]) => request('readNotices', { body: { ids } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.notices }),
  })
}
