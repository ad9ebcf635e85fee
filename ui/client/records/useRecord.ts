import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** One record with what is expected of whom. */
export function useRecord(entity: string | undefined, id: string | null | undefined) {
  return useQuery({
    queryKey: keys.record(entity ?? '', id ?? ''),
    enabled: !!entity && !!id,
    queryFn: ({ signal }) => request('getRecord', { params: { entity: entity!, id: id! }, signal }),
  })
}

export function useRecordHistory(entity: string, id: string, size = 100) {
  return useQuery({
    queryKey: [...keys.recordHistory(entity, id), size],
    queryFn: ({ signal }) => request('getRecordHistory', { params: { entity, id }, query: { size }, signal }),
  })
}

export function useCreateRecord(entity: string) {
  const client = useQueryClient()
  return useMutation({
    /** `related`: by relation, the data of records that are made with it. `warned`: the person saw the warnings. */
    mutationFn: (body: {
      data: JsonObject
      related?: Record<string, ({ data: JsonObject } | { id: string })[]>
      warned?: boolean
    }) => request('createRecord', { params: { entity }, body, idempotencyKey: crypto.randomUUID() }),
    onSuccess: (_, { related }) => client.invalidateQueries({ queryKey: related ? ['records'] : keys.records(entity) }),
  })
}

/** Saves over revision `revision`; ApiError `record.stale` when somebody else saved in between. */
export function useUpdateRecord(entity: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ revision, ...body }: { data: JsonObject; revision: number; warned?: boolean }) =>
      request('updateRecord', { params: { entity, id }, body, ifMatch: revision }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.records(entity) }),
  })
}

export function useDeleteRecord(entity: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ revision, reason }: { revision: number; reason?: string }) =>
      request('deleteRecord', { params: { entity, id }, body: reason ? { reason } : {}, ifMatch: revision }),
    // Only lists: asking again for what is gone would show an error where the person still is.
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.records(entity), 'list'] }),
  })
}
