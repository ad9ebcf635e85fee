import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** What the audit can be filtered by, and whether this person may export it. */
export function useAuditFilters() {
  return useQuery({
    queryKey: keys.auditFilters,
    staleTime: 300_000,
    queryFn: ({ signal }) => request('getAuditFilters', { signal }),
  })
}

/** A page of the audit; `search` as the address holds it. */
export function useAudit(search: URLSearchParams) {
  const text = search.toString()
  return useQuery({
    queryKey: keys.auditList(text),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('listAudit', { query: new URLSearchParams(text), signal }),
  })
}

/** One row with its before and after. */
export function useAuditRow(id: string | null) {
  return useQuery({
    queryKey: keys.auditRow(id ?? ''),
    enabled: id !== null,
    queryFn: ({ signal }) => request('getAuditRow', { params: { id: id! }, signal }),
  })
}
