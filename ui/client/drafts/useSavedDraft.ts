import { useQuery } from '@tanstack/react-query'
import { request } from '../http/request.ts'

/** What this person typed here and did not send; asked afresh each time the form opens. undefined: not known yet. */
export function useSavedDraft(key: string) {
  const { data, isError } = useQuery({
    queryKey: ['formDraft', key],
    gcTime: 0,
    staleTime: Infinity,
    // Without the draft the form still opens.
    retry: false,
    queryFn: ({ signal }) => request('getFormDraft', { params: { key }, signal }),
  })
  return isError ? null : data?.draft
}
