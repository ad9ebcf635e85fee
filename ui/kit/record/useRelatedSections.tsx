import { useQueries } from '@tanstack/react-query'
import type { EntityView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { keys } from '../../client/http/keys.ts'
import { request } from '../../client/http/request.ts'
import type { MoreSection } from '../form/FormRenderer.tsx'
import { RelatedPanel } from './RelatedPanel.tsx'
import { RelatedRows } from './RelatedRows.tsx'

/**
 * Sections of a form for the records that refer to its record, where the definition says `inline` and this person may
 * make such records. `saved`: the record is there already, so that they are added and edited at once. null: still loading.
 */
export function useRelatedSections(
  entity: EntityView | undefined,
  saved: { id: string; label: string; data: JsonObject } | null = null,
): MoreSection[] | null {
  const relations = (entity?.related ?? []).filter((relation) => relation.inline)
  const found = useQueries({
    queries: relations.map((relation) => ({
      queryKey: keys.entity(relation.entity),
      staleTime: 5 * 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request('getEntity', { params: { entity: relation.entity }, signal }),
    })),
  })
  if (!entity || found.some((query) => query.isPending)) return null
  return relations.flatMap((relation, index) => {
    const other = found[index]?.data
    if (!other || !((other.may.create && other.form) || other.startProcess)) return []
    const content = saved ? (
      <RelatedPanel relation={relation} id={saved.id} label={saved.label} data={saved.data} editable />
    ) : (
      <RelatedRows relation={relation} entity={other} />
    )
    return [{ name: relation.key, title: relation.title, content }]
  })
}
