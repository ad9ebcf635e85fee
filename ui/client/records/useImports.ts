import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportView } from '#engine/contract'
import { download } from '../http/download.ts'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'
import { uploadTo } from '../http/uploadFile.ts'

/** How often an import that goes on by itself is asked about, in milliseconds. */
const ASK_EVERY = 1000

/** True while an import goes on by itself. */
export const isMoving = ({ status }: ImportView): boolean =>
  status === 'reading' || status === 'checking' || status === 'applying'

/** The latest imports of this person. */
export function useImports(entity: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.imports(entity),
    enabled,
    queryFn: ({ signal }) => request('listImports', { params: { entity }, signal }),
  })
}

/** One import, followed while it goes on. */
export function useImport(entity: string, id: string | null) {
  return useQuery({
    queryKey: keys.import(entity, id ?? ''),
    enabled: id !== null,
    queryFn: ({ signal }) => request('getImport', { params: { entity, id: id! }, signal }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? ASK_EVERY : false),
  })
}

/** Uploads a sheet; `share` says how much of it has arrived. */
export function useBeginImport(entity: string) {
  const client = useQueryClient()
  const [share, setShare] = useState(0)
  const begin = useMutation({
    mutationFn: (file: File) => uploadTo('beginImport', { entity }, file, setShare),
    onSuccess: (view) => {
      client.setQueryData(keys.import(entity, view.id), view)
    },
  })
  return { ...begin, share }
}

/** The steps of an import: check, apply, cancel. */
export function useMoveImport(entity: string, id: string) {
  const client = useQueryClient()
  const params = { entity, id }
  const onSuccess = (view: ImportView): void => {
    client.setQueryData(keys.import(entity, id), view)
    void client.invalidateQueries({ queryKey: keys.records(entity) })
    void client.invalidateQueries({ queryKey: keys.imports(entity), exact: true })
  }
  return {
    check: useMutation({
      mutationFn: (body: { mapping: (string | null)[]; fixed: Record<string, string> }) =>
        request('checkImport', { params, body }),
      onSuccess,
    }),
    apply: useMutation({
      mutationFn: (body: { mode: 'all' | 'valid'; warned: boolean }) => request('applyImport', { params, body }),
      onSuccess,
    }),
    cancel: useMutation({ mutationFn: () => request('cancelImport', { params }), onSuccess }),
  }
}

/** Files around an import: the template, the rows with errors or warnings. */
export function useImportFile(entity: string) {
  return useMutation({
    mutationFn: (what: 'template' | { rowsOf: string; rows: 'errors' | 'warnings' }) => {
      if (what === 'template') return download('getImportTemplate', { params: { entity } })
      const { rowsOf: id, rows } = what
      return download('getImportErrors', { params: { entity, id }, query: { format: 'xlsx', rows } })
    },
  })
}
