import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Json } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The reports that this person may run. */
export function useReports() {
  return useQuery({ queryKey: keys.reports, queryFn: ({ signal }) => request('listReports', { signal }) })
}

/** A report with what its groups come to; `search` as the address holds it. */
export function useReport(report: string, search: URLSearchParams) {
  const text = search.toString()
  return useQuery({
    queryKey: keys.report(report, text),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('runReport', { params: { report }, query: new URLSearchParams(text), signal }),
  })
}

/** A page of the records of one group. */
export function useReportRows(report: string, path: Json[], search: URLSearchParams, page: number) {
  const query = new URLSearchParams(search)
  query.set('path', JSON.stringify(path))
  query.set('page', String(page))
  const text = query.toString()
  return useQuery({
    queryKey: keys.reportRows(report, text),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request('listReportRows', { params: { report }, query: new URLSearchParams(text), signal }),
  })
}
