import { Title } from '@mantine/core'
import type { EntityView } from '#engine/contract'
import { useRecords } from '../client/records/useRecords.ts'
import { listQuery, toListSearch } from '../kit/list/listQuery.ts'
import { RelatedPanel } from '../kit/record/RelatedPanel.tsx'

/** What belongs to a case (documents, observations), with its heading; nothing at all while there is none. */
export function RelatedSection({ relation, id }: { relation: EntityView['related'][number]; id: string }) {
  const one = toListSearch(listQuery({ filters: { [relation.by]: [id] }, size: 1 }), { full: true })
  const { data } = useRecords(relation.entity, one.toString())
  if (!data || data.items.length === 0) return null
  const heading = `related-${relation.key}`
  return (
    <section aria-labelledby={heading}>
      <Title order={2} id={heading} mb={10}>
        {relation.title}
      </Title>
      <RelatedPanel relation={relation} id={id} dense />
    </section>
  )
}
