import { Skeleton, Stack } from '@mantine/core'
import { useParams } from 'react-router'
import { useEntity } from '../client/records/useEntities.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import { RecordList } from '../kit/list/RecordList.tsx'

/** The list of one kind of record. */
export function RecordsPage() {
  const key = useParams().entity
  const { data: entity, error, refetch } = useEntity(key)
  if (error)
    return <PageError error={error} onRetry={() => void refetch()} about={{ thing: key ?? '', action: 'read' }} />
  if (!entity)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={200} />
        <Skeleton height={36} />
        <Skeleton height={320} />
      </Stack>
    )
  return <RecordList key={entity.key} entity={entity} desk />
}
