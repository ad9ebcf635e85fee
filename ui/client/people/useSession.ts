import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { SessionView } from '#engine/contract'
import { ApiError } from '../http/ApiError.ts'
import { draftStorage } from '../drafts/draftStorage.ts'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Who is signed in; null: nobody. */
export function useSession() {
  return useQuery<SessionView | null>({
    queryKey: keys.session,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      try {
        const session = await request('getSession', { signal })
        draftStorage.belongTo(session.user.id)
        return session
      } catch (error) {
        if (error instanceof ApiError && error.code === 'session.required') return null
        throw error
      }
    },
  })
}

export interface Credentials {
  email: string
  password: string
  remember?: boolean
  otp?: string
}

/**
 * What another person saw in this browser must not flash up. The session itself stays in the cache: the shell watches
 * that very entry, and would not hear of a new one.
 */
function forgetData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: Credentials) => request('signIn', { body: credentials }),
    onSuccess: (session) => {
      forgetData(client)
      draftStorage.belongTo(session.user.id)
      client.setQueryData(keys.session, session)
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request('signOut'),
    onSettled: () => {
      forgetData(client)
      client.setQueryData(keys.session, null)
    },
  })
}
