import { useMutation, useQuery } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** What a stranger may ask for on this site. */
export function usePublicProcesses() {
  return useQuery({
    queryKey: keys.publicProcesses,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => request('listPublicProcesses', { signal }),
  })
}

/** Its form. */
export function usePublicProcess(key: string) {
  return useQuery({
    queryKey: keys.publicProcess(key),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request('getPublicProcess', { params: { key }, signal }),
  })
}

export function useSendPublicForm(key: string) {
  return useMutation({
    mutationFn: (body: { data: JsonObject; warned?: boolean }) =>
      request('startPublicProcess', { params: { key }, body }),
  })
}
