import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MatrixChange } from '#engine/contract'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Who may do what, as it is in force. */
export function useMatrix() {
  return useQuery({ queryKey: keys.matrix, queryFn: ({ signal }) => request('getMatrix', { signal }) })
}

/** What changes would mean, in words. */
export function usePreviewMatrix(changes: MatrixChange[]) {
  return useQuery({
    queryKey: keys.matrixPreview(JSON.stringify(changes)),
    enabled: changes.length > 0,
    retry: false,
    queryFn: ({ signal }) => request('previewMatrix', { body: { changes }, signal }),
  })
}

/** Saves changes, or with none takes everything back to what the pack says. Rights touch everything that is shown. */
export function useChangeMatrix() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ changes, ...body }: { revision: number; reason: string; changes: MatrixChange[] | 'reset' }) =>
      changes === 'reset' ? request('resetMatrix', { body }) : request('changeMatrix', { body: { ...body, changes } }),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useMatrixHistory(page: number) {
  return useQuery({
    queryKey: keys.matrixHistory(page),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('getMatrixHistory', { query: { page, size: 20 }, signal }),
  })
}
