import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { parseListQuery, toAddress, type ListQuery } from './listQuery.ts'

/** Changes the list's query: what it is given is what the address says at that moment. */
export type ChangeListQuery = (change: (query: ListQuery) => ListQuery) => void

/**
 * The list's query, held by the address: back, forward and a copied link all keep it. A page follows its address only
 * with the next picture, so a change begins with the address itself: of two in quick succession neither is lost.
 */
export function useListQuery(): [ListQuery, ChangeListQuery] {
  const [search, setSearch] = useSearchParams()
  const query = useMemo(() => parseListQuery(search), [search])
  const change = useCallback<ChangeListQuery>(
    (to) => {
      const now = parseListQuery(new URLSearchParams(window.location.search))
      const next = to(now)
      setSearch(toAddress(next), { replace: next.page === now.page, preventScrollReset: true })
    },
    [setSearch],
  )
  return [query, change]
}
