import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SettingsView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The tabs of Configuración that this person may change. Not refreshed behind his back: what was typed stays. */
export function useSettings() {
  return useQuery({
    queryKey: keys.settings,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request('listSettings', { signal }),
  })
}

export function useSaveSettings({ pack, tab, revision }: SettingsView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (data: JsonObject) =>
      request('saveSettings', { params: { pack, tab }, body: { data }, ifMatch: revision }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.settings }),
  })
}
