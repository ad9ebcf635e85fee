import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** What becomes of a record besides its data. Each over the revision that the person saw. */
export function useRecordLife(entity: string, id: string) {
  const client = useQueryClient()
  const params = { entity, id }
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.records(entity) })
  return {
    inactivate: useMutation({
      mutationFn: ({ revision, reason }: { revision: number; reason: string }) =>
        request('inactivateRecord', { params, body: { reason }, ifMatch: revision }),
      onSuccess,
    }),
    activate: useMutation({
      mutationFn: ({ revision }: { revision: number }) =>
        request('activateRecord', { params, body: {}, ifMatch: revision }),
      onSuccess,
    }),
    restore: useMutation({
      mutationFn: ({ revision }: { revision: number }) => request('restoreRecord', { params, ifMatch: revision }),
      onSuccess,
    }),
    correct: useMutation({
      mutationFn: ({ revision, ...body }: Correction) => request('correctRecord', { params, body, ifMatch: revision }),
      onSuccess,
    }),
  }
}

export interface Correction {
  revision: number
  data: JsonObject
  reason: string
  unlock?: boolean
  warned?: boolean
}

/** The form of what is fixed. Never kept: what may be corrected changes with other records. */
export function useCorrection(entity: string, id: string) {
  return useQuery({
    queryKey: [...keys.record(entity, id), 'correction'],
    gcTime: 0,
    queryFn: ({ signal }) => request('getCorrection', { params: { entity, id }, signal }),
  })
}
