import { useEffect } from 'react'
import type { EntityView, SavedViewView } from '#engine/contract'
import { useSavedViews } from '../../../client/records/useSavedViews.ts'
import { noView, parseListQuery, toViewSearch, type ListQuery } from '../listQuery.ts'
import { useListQuery, type ChangeListQuery } from '../useListQuery.ts'

/** A list with its views: what it shows now, which view that is, and whether it still is that view. */
export interface ListWithViews {
  query: ListQuery
  setQuery: ChangeListQuery
  views: SavedViewView[]
  /** The view the address names; null: none. */
  view: SavedViewView | null
  /** What is shown is no longer what the view says. */
  isChanged: boolean
  columns: string[]
  /** A default view may still be coming: what the address says is not to be asked for yet. */
  isOpening: boolean
}

/** The query that a view stands for. */
export const queryOfView = (view: SavedViewView): ListQuery => ({
  ...parseListQuery(new URLSearchParams(view.search)),
  columns: view.columns,
  view: view.id,
})

/** `saved`: the list has views (the staff's); without them only the address counts. */
export function useListView(entity: EntityView, saved: boolean): ListWithViews {
  const [query, setQuery] = useListQuery()
  const { data, isPending } = useSavedViews(entity.key, { enabled: saved })
  const views = data ?? []
  const view = views.find((one) => one.id === query.view) ?? null
  const isUntouched = saved && query.view === '' && toViewSearch(query) === '' && !query.columns && query.page === 1
  const byDefault = isUntouched ? views.find((one) => one.isDefault) : undefined
  useEffect(() => {
    if (byDefault) setQuery(() => queryOfView(byDefault))
  }, [byDefault, setQuery])
  const known = (name: string) => name in (entity.schema.properties ?? {})
  const chosen = query.columns?.filter(known)
  return {
    query,
    setQuery,
    views,
    view,
    isChanged: view
      ? toViewSearch(query) !== toViewSearch(queryOfView(view)) || !same(query.columns, view.columns)
      : toViewSearch(query) !== '' || query.columns !== null,
    columns: chosen?.length ? chosen : entity.list.columns,
    isOpening: isUntouched && (isPending || !!byDefault),
  }
}

/** The whole list, which a default view must not replace. */
export const wholeList = (query: ListQuery): ListQuery => ({ ...query, view: noView })

const same = (a: string[] | null, b: string[] | null) => (a ?? []).join(',') === (b ?? []).join(',')
