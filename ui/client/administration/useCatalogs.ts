import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CatalogRowView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The catalogues whose rows this person may change. */
export function useCatalogs() {
  return useQuery({ queryKey: keys.catalogs, queryFn: ({ signal }) => request('listCatalogs', { signal }) })
}

/** A page of a catalogue's rows; `search` is the query of the route. */
export function useCatalogRows(catalog: string, search: string) {
  return useQuery({
    queryKey: keys.catalogRows(catalog, search),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request('listCatalogRows', { params: { catalog }, query: new URLSearchParams(search), signal }),
  })
}

/** What holds a row; asked anew each time, because it decides what may be done. */
export function useCatalogUsage(catalog: string, key: string | null) {
  return useQuery({
    queryKey: keys.catalogUsage(catalog, key ?? ''),
    enabled: key !== null,
    gcTime: 0,
    queryFn: ({ signal }) => request('getCatalogUsage', { params: { catalog, key: key! }, signal }),
  })
}

export type CatalogChange =
  | { kind: 'add'; data: JsonObject }
  | { kind: 'edit'; row: CatalogRowView; data: JsonObject }
  | { kind: 'inactive'; row: CatalogRowView; inactive: boolean }
  | { kind: 'delete'; row: CatalogRowView }
  | { kind: 'move'; row: CatalogRowView; before: string | null }

/** Changes one row; forms and lists that offer the catalogue read it again. */
export function useChangeCatalog(catalog: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (change: CatalogChange): Promise<void> => {
      if (change.kind === 'add') {
        await request('createCatalogRow', { params: { catalog }, body: { data: change.data } })
        return
      }
      const { key, revision } = change.row
      const params = { catalog, key }
      if (change.kind === 'edit')
        await request('updateCatalogRow', { params, body: { data: change.data }, ifMatch: revision })
      else if (change.kind === 'inactive')
        await request('updateCatalogRow', { params, body: { inactive: change.inactive }, ifMatch: revision })
      else if (change.kind === 'delete') await request('deleteCatalogRow', { params, ifMatch: revision })
      else await request('moveCatalogRow', { params, body: { before: change.before } })
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.catalogs }),
        client.invalidateQueries({ queryKey: keys.entities }),
      ]),
  })
}
