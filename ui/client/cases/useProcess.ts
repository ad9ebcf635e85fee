import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'
import { refreshAfterStep } from './useTask.ts'

/** What this user may start. */
export function useProcesses(enabled = true) {
  return useQuery({
    queryKey: keys.processes,
    enabled,
    staleTime: 60_000,
    queryFn: ({ signal }) => request('listProcesses', { signal }),
  })
}

/** The start form of a process. */
export function useProcess(key: string) {
  return useQuery({
    queryKey: keys.process(key),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request('getProcess', { params: { key }, signal }),
  })
}

export function useStartProcess(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { data: JsonObject; warned?: boolean }) =>
      request('startProcess', { params: { key }, body, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => refreshAfterStep(client),
  })
}
