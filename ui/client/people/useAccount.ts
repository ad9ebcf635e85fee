import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionView } from '#engine/contract'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The own account. */
export function useAccount() {
  return useQuery({ queryKey: keys.account, queryFn: ({ signal }) => request('getAccount', { signal }) })
}

export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { current: string; password: string }) => request('changePassword', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.account }),
  })
}

/** Devices where the own account is open. */
export function useOwnSessions() {
  return useQuery({ queryKey: keys.ownSessions, queryFn: ({ signal }) => request('listSessions', { signal }) })
}

/** Ends one session, the others, or all (then this page is signed out). */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (which: { id: string } | 'others' | 'all') =>
      typeof which === 'object'
        ? request('endSession', { params: which })
        : request('endSessions', { body: { others: which === 'others' } }),
    onSuccess: (_, which) =>
      which === 'all'
        ? void client.setQueryData(keys.session, null)
        : client.invalidateQueries({ queryKey: keys.ownSessions }),
  })
}

export function useBeginSecondFactor() {
  return useMutation({ mutationFn: (method: 'app' | 'mail') => request('beginSecondFactor', { body: { method } }) })
}

/** The first code. The caller says when the person has seen the recovery codes (`useSecondFactorDone`). */
export function useConfirmSecondFactor() {
  return useMutation({ mutationFn: (code: string) => request('confirmSecondFactor', { body: { code } }) })
}

export function useSecondFactorDone() {
  const client = useQueryClient()
  return () => {
    client.setQueryData<SessionView | null>(keys.session, (session) => session && { ...session, enrolling: false })
    return client.invalidateQueries()
  }
}

export function useRenewRecoveryCodes() {
  return useMutation({ mutationFn: () => request('renewRecoveryCodes', { body: {} }) })
}

export function useRemoveSecondFactor() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request('removeSecondFactor'),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.account }),
  })
}
