import { useQuery } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The code a new record would get now. `sources` is what it is made of, as text: another one asks again. */
export function useCodePreview(entity: string | null, sources: string, data: () => JsonObject) {
  return useQuery({
    queryKey: keys.codePreview(entity ?? '', sources),
    enabled: entity !== null,
    // Somebody else may take the number meanwhile.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => request('previewCode', { params: { entity: entity! }, body: { data: data() }, signal }),
  })
}
