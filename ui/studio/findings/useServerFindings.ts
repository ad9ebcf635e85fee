import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { request } from '../../client/http/request.ts'

/** What the server says of the whole draft; asked again after each save (`revision`). */
export function useServerFindings(pack: string, revision: number) {
  return useQuery({
    queryKey: ['studio', 'check', pack, revision],
    // A draft that does not exist yet has nothing to check.
    enabled: revision > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('checkDraft', { params: { pack }, body: {}, signal }),
  })
}
