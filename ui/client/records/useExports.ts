import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ExportView } from '#engine/contract'
import { keys } from '../http/keys.ts'
import { pathOf, request } from '../http/request.ts'

/** How often an export under way is asked about, in milliseconds: most are written at once. */
const ASK_EVERY = 500

/** What is taken out: the list of an entity, a report, the audit. */
export type Exportable = { entity: string } | { report: string } | 'audit'

export interface ExportInput {
  /** What it is narrowed to. */
  search: URLSearchParams
  format: ExportView['format']
}

/** Asks for a file; it is written in the background. */
export const beginExport = (what: Exportable, { search, format }: ExportInput): Promise<ExportView> => {
  const query = new URLSearchParams(search)
  query.set('format', format)
  if (what === 'audit') return request('beginAuditExport', { query })
  if ('report' in what) return request('beginReportExport', { params: { report: what.report }, query })
  return request('beginExport', { params: { entity: what.entity }, query })
}

/** One export of one's own, followed while it is written. */
export function useExport(id: string | null) {
  return useQuery({
    queryKey: keys.export(id ?? ''),
    enabled: id !== null,
    retry: false,
    queryFn: ({ signal }) => request('getExport', { params: { id: id! }, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'writing' ? ASK_EVERY : false),
  })
}

/** The latest exports of this person. */
export function useExports() {
  return useQuery({
    queryKey: keys.exports,
    queryFn: ({ signal }) => request('listExports', { signal }),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'writing') ? ASK_EVERY : false),
  })
}

export function useCancelExport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request('cancelExport', { params: { id } }),
    // Also where it had ended already: what it says then is shown.
    onSettled: () => client.invalidateQueries({ queryKey: keys.exports }),
  })
}

/** Where the file of an export is; the browser writes it to the disk as it comes. */
export const exportFilePath = (id: string): string => pathOf('getExportFile', { id })

export function fetchExportFile(id: string): void {
  const link = document.createElement('a')
  link.href = exportFilePath(id)
  link.download = ''
  link.click()
}
