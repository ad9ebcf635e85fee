import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './ApiError.ts'
import { keys } from './keys.ts'

/** Server state of the page. A session that ended anywhere sends the person to sign in, once. */
export function createQueryClient(): QueryClient {
  const leave = (error: Error) => {
    if (error instanceof ApiError && error.code === 'session.required') client.setQueryData(keys.session, null)
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: leave }),
    // What was being sent is not lost: the form keeps it as a draft in this browser.
    mutationCache: new MutationCache({ onError: leave }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (count, error) =>
          error instanceof ApiError && error.status >= 400 && error.status < 500 ? false : count < 2,
      },
      mutations: { retry: false },
    },
  })
  return client
}
