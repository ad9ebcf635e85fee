import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Sets off an action of the pack: the button of a list (`id` null) or of a record. Its records are read again. */
export function useRunAction(entity: string, id: string | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ action, reason }: { action: string; reason?: string }) => {
      const body = reason ? { reason } : {}
      return id === null
        ? request('runAction', { params: { entity, action }, body })
        : request('runRecordAction', { params: { entity, id, action }, body })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.records(entity) }),
  })
}
