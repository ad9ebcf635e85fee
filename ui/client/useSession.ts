import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionView } from '#engine/contract'
import { ApiError } from './ApiError.ts'
import { keys } from './keys.ts'
import { request } from './request.ts'

/** Who is signed in; null: nobody. */
export function useSession() {
  return useQuery<SessionView | null>({
    queryKey: keys.session,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await request('getSession', { signal })
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

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: Credentials) => request('signIn', { body: credentials }),
    onSuccess: (session) => {
      // What another person saw in this browser must not flash up.
      client.clear()
      client.setQueryData(keys.session, session)
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request('signOut'),
    onSettled: () => {
      client.clear()
      client.setQueryData(keys.session, null)
    },
  })
}
