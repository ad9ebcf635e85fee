import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** A task with its form. Not refreshed behind the person's back: what was typed stays. */
export function useTask(id: string) {
  return useQuery({
    queryKey: keys.task(id),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request('getTask', { params: { id }, signal }),
  })
}

/** Everything a step may have changed: the inbox, the records, the case and the notices. */
export async function refreshAfterStep(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['tasks', 'list'] }),
    client.invalidateQueries({ queryKey: ['records'] }),
    client.invalidateQueries({ queryKey: ['instances'] }),
    client.invalidateQueries({ queryKey: keys.notices }),
    // The menu counts what waits.
    client.invalidateQueries({ queryKey: keys.session }),
  ])
}

export interface CompleteInput {
  outcome: string
  data: JsonObject
  reason?: string
  password?: string
  /** The person saw the warnings and wants to go on. */
  warned?: boolean
}

export function useCompleteTask(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: CompleteInput) =>
      request('completeTask', { params: { id }, body: input, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => refreshAfterStep(client),
  })
}

/** Stops the clock of a task, and lets it run again. */
export function useTaskClock(id: string) {
  const client = useQueryClient()
  const onSuccess = () => Promise.all([client.invalidateQueries({ queryKey: keys.task(id) }), refreshAfterStep(client)])
  return {
    pause: useMutation({
      mutationFn: (body: { key: string; comment?: string }) => request('pauseTask', { params: { id }, body }),
      onSuccess,
    }),
    resume: useMutation({ mutationFn: () => request('resumeTask', { params: { id }, body: {} }), onSuccess }),
  }
}

export function useClaimTask(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (claim: boolean) => request(claim ? 'claimTask' : 'releaseTask', { params: { id }, body: {} }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.task(id) }),
        client.invalidateQueries({ queryKey: ['tasks', 'list'] }),
      ]),
  })
}
