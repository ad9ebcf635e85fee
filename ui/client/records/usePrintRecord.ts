import { useQuery } from '@tanstack/react-query'
import { request } from '../http/request.ts'

/** A record for paper. Asked once for each look at the page: the server writes down every print. */
export function usePrintRecord(entity: string, id: string) {
  return useQuery({
    queryKey: ['print', entity, id],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: () => request('printRecord', { params: { entity, id } }),
  })
}
