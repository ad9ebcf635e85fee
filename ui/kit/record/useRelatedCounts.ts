import { useQueries } from '@tanstack/react-query'
import type { EntityView } from '#engine/contract'
import { keys } from '../../client/http/keys.ts'
import { request } from '../../client/http/request.ts'
import { toListSearch } from '../list/listQuery.ts'
import { relatedQuery } from './relatedQuery.ts'

/** How many records point at this one, by the key of the relation; absent while it is not known. */
export function useRelatedCounts(related: EntityView['related'], id: string): Record<string, number> {
  const answers = useQueries({
    queries: related.map((relation) => {
      const search = toListSearch(relatedQuery(relation, id, 1), { full: true }).toString()
      return {
        queryKey: keys.recordList(relation.entity, search),
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          request('listRecords', { params: { entity: relation.entity }, query: new URLSearchParams(search), signal }),
      }
    }),
  })
  return Object.fromEntries(
    related.flatMap((relation, index) => {
      const list = answers[index]?.data
      return list ? [[relation.key, list.total ?? list.totalAtLeast ?? 0]] : []
    }),
  )
}
