import { useMutation, useQuery } from '@tanstack/react-query'
import { request } from '../http/request.ts'

/** Asks for a password link by mail. */
export function useRequestPasswordToken() {
  return useMutation({ mutationFn: (email: string) => request('requestPasswordToken', { body: { email } }) })
}

/** Whose link it is and how long it is good. Looking leaves it unused. */
export function usePasswordToken(token: string) {
  return useQuery({
    queryKey: ['passwordToken', token],
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => request('describePasswordToken', { body: { token }, signal }),
  })
}

export function useSetPassword() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) => request('setPassword', { body }),
  })
}
