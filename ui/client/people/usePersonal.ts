import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { download } from '../http/download.ts'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The privacy notice in force, with when this person accepted it. */
export function usePrivacyNotice() {
  return useQuery({
    queryKey: keys.privacy,
    staleTime: 30 * 60_000,
    queryFn: ({ signal }) => request('getPrivacyNotice', { signal }),
  })
}

/** Whatever comes of it, the notice is asked for again: another version may be in force by now. */
export function useAcceptPrivacyNotice() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (version: string) => request('acceptPrivacyNotice', { body: { version } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.privacy }),
  })
}

export function useExportOwnData() {
  return useMutation({ mutationFn: (format: 'json' | 'pdf') => download('exportOwnData', { query: { format } }) })
}

export function useRequestCorrection() {
  return useMutation({ mutationFn: (text: string) => request('requestCorrection', { body: { text } }) })
}

/** What an administrator does with a person's data on request; the record is loaded again afterwards. */
export function usePersonAct(entity: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ act, reason }: { act: 'block' | 'unblock' | 'anonymise'; reason: string }) => {
      const input = { params: { id }, body: { reason } }
      if (act === 'block') await request('blockPerson', input)
      else if (act === 'unblock') await request('unblockPerson', input)
      else await request('anonymisePerson', input)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.records(entity) }),
  })
}
