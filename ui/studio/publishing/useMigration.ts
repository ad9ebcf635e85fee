import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../../client/http/request.ts'
import { studioKeys } from '../pack/useStudioPack.ts'

export interface Migration {
  from: number
  to: number
  /** Step of the old version → step of the new one. */
  mapping: Record<string, string>
}

/** Tries to move the open cases of a version, does it, and takes it back. */
export function useMigration(pack: string) {
  const client = useQueryClient()
  const params = { pack }
  const onSuccess = () => client.invalidateQueries({ queryKey: studioKeys.versions(pack) })
  return {
    attempt: useMutation({
      mutationFn: (body: Migration) => request('migrateCases', { params, body: { ...body, dryRun: true } }),
    }),
    apply: useMutation({ mutationFn: (body: Migration) => request('migrateCases', { params, body }), onSuccess }),
    undo: useMutation({
      mutationFn: ({ from, to }: Migration) => request('undoMigration', { params, body: { from, to } }),
      onSuccess,
    }),
  }
}
