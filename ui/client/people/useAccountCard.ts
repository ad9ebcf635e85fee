import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The account behind a person's record, and the work he holds. */
export function useAccountCard(entity: string, id: string) {
  return useQuery({
    queryKey: keys.accountCard(entity, id),
    queryFn: ({ signal }) => request('getAccountCard', { params: { entity, id }, signal }),
  })
}

export function useSendPasswordLink() {
  return useMutation({ mutationFn: (id: string) => request('sendPasswordToken', { params: { id } }) })
}

/** Frees somebody who lost telephone and recovery codes. */
export function useResetSecondFactor(entity: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request('resetSecondFactor', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.accountCard(entity, id) }),
  })
}

/** Hands the open work of a person to another. */
export function useReassignWork(entity: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (to: string) => request('reassignWork', { params: { entity, id }, body: { to } }),
    onSuccess: (card) => {
      client.setQueryData(keys.accountCard(entity, id), card)
      void client.invalidateQueries({ queryKey: keys.tasks })
    },
  })
}
