import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { parseListQuery, toAddress, type ListQuery } from './listQuery.ts'

/** The list's query, held by the address: back, forward and a copied link all keep it. */
export function useListQuery(): [ListQuery, (next: ListQuery) => void] {
  const [search, setSearch] = useSearchParams()
  const query = useMemo(() => parseListQuery(search), [search])
  const setQuery = useCallback(
    (next: ListQuery) => setSearch(toAddress(next), { replace: next.page === query.page, preventScrollReset: true }),
    [setSearch, query.page],
  )
  return [query, setQuery]
}
