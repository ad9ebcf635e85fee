import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

export interface SavedViewInput {
  name: string
  search: string
  columns: string[] | null
  shared: boolean
}

/** Views of a list: own and shared. */
export function useSavedViews(entity: string, options: { enabled: boolean }) {
  return useQuery({
    queryKey: keys.savedViews(entity),
    enabled: options.enabled,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => request('listSavedViews', { params: { entity }, signal }),
  })
}

/** Makes, changes and forgets a view; the tabs follow. ApiError `form.invalid` at `name` when it is taken. */
export function useChangeSavedViews(entity: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.savedViews(entity) })
  return {
    create: useMutation({
      mutationFn: (body: SavedViewInput) => request('createSavedView', { params: { entity }, body }),
      onSuccess,
    }),
    update: useMutation({
      mutationFn: ({ id, ...body }: Partial<SavedViewInput> & { id: string; isDefault?: boolean }) =>
        request('updateSavedView', { params: { entity, id }, body }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) => request('deleteSavedView', { params: { entity, id } }),
      onSuccess,
    }),
  }
}
