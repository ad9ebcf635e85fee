import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import type { IncidentView } from '#engine/contract'
import { request } from '../http/request.ts'

/** Problems that wait for a person, or that one ended; the newest first. */
export function useProblems(query: { status: 'open' | 'resolved'; page: number; size: number }) {
  return useQuery({
    queryKey: keys.problemList(JSON.stringify(query)),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    queryFn: ({ signal }) => request('listIncidents', { query, signal }),
  })
}

/** Ends a problem; whatever comes of it, the lists are asked again: a second try may have failed for another reason. */
export function useResolveProblem() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      id,
      ...body
    }: {
      id: string
      action: IncidentView['actions'][number]
      to?: string
      reason: string
    }) => request('resolveIncident', { params: { id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.problems }),
  })
}
