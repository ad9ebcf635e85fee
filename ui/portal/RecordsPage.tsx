import { Skeleton } from '@mantine/core'
import { useParams } from 'react-router'
import { useEntity } from '../client/records/useEntities.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { RecordList } from '../kit/list/RecordList.tsx'

/** Another kind of record of the menu. */
export function RecordsPage() {
  const { data: entity, error, refetch } = useEntity(useParams().entity)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!entity) return <Skeleton height={320} aria-busy />
  return <RecordList key={entity.key} entity={entity} />
}
