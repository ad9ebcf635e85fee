import { useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { pathOf, request } from '../http/request.ts'

/** Name, type and size of a stored file (a file never changes: read once). */
export function useFile(id: string | null | undefined) {
  return useQuery({
    queryKey: keys.file(id ?? ''),
    enabled: !!id,
    staleTime: Infinity,
    queryFn: ({ signal }) => request('describeFile', { params: { id: id! }, signal }),
  })
}

export const fileUrl = (id: string) => pathOf('downloadFile', { id })

/** A small picture of it, for those that are pictures. */
export const thumbUrl = (id: string) => `${fileUrl(id)}?size=thumb`
