import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** Who does whose work: mine, or everybody's. */
export function useSubstitutions(query: { who: 'mine' | 'all'; page: number; size: number }) {
  return useQuery({
    queryKey: keys.substitutionList(JSON.stringify(query)),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('listSubstitutions', { query, signal }),
  })
}

/** People, roles and processes to choose from. */
export function useSubstitutionChoices() {
  return useQuery({
    queryKey: keys.substitutionChoices,
    queryFn: ({ signal }) => request('getSubstitutionChoices', { signal }),
  })
}

export interface NewSubstitution {
  absent?: string
  substitute: string
  from: string
  to: string
  roles: string[]
  processes: string[]
  note?: string
}

export function useCreateSubstitution() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewSubstitution) => request('createSubstitution', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.substitutions }),
  })
}

export function useEndSubstitution() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request('endSubstitution', { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.substitutions }),
  })
}
