import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'
import { refreshAfterStep } from './useTask.ts'

/** Diagram and way travelled of a case. */
export function useInstance(id: string | undefined) {
  return useQuery({
    queryKey: keys.instance(id ?? ''),
    enabled: !!id,
    queryFn: ({ signal }) => request('getInstance', { params: { id: id! }, signal }),
  })
}

/** A move that is not a task. */
export function useSendMessage() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      instance,
      name,
      data,
      reason,
    }: {
      instance: string
      name: string
      data?: JsonObject
      reason?: string
    }) =>
      request('sendMessage', {
        params: { id: instance, name },
        body: { ...(data ? { data } : {}), ...(reason ? { reason } : {}) },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => refreshAfterStep(client),
  })
}
