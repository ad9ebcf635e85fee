import { Anchor, Group, Skeleton, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView } from '#engine/contract'
import { useEntity } from '../../client/useEntities.ts'
import { useRecords } from '../../client/useRecords.ts'
import { paths } from '../app/paths.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { listQuery, toListSearch } from '../list/listQuery.ts'
import { RecordCards } from '../list/RecordCards.tsx'
import { RecordTable } from '../list/RecordTable.tsx'
import { DocumentList } from './DocumentList.tsx'
import { fileFieldOf } from './fileFieldOf.ts'

const most = 50

/** Records that point at this one (documents, observations …). Those that carry a file are listed to be downloaded. */
export function RelatedPanel({
  relation,
  id,
  dense = false,
}: {
  relation: EntityView['related'][number]
  id: string
  dense?: boolean
}) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const { data: entity, error: hidden } = useEntity(relation.entity)
  const query = listQuery({ filters: { [relation.by]: [id] }, size: most })
  const { data, error, refetch } = useRecords(relation.entity, toListSearch(query, { full: true }).toString(), {
    enabled: !!entity,
  })
  if (hidden || error) return <ErrorNote error={hidden ?? error} onRetry={() => void refetch()} />
  if (!entity || !data) return <Skeleton height={80} aria-busy />
  if (data.items.length === 0) return <Text c="dimmed">{t('kit.record.noRelated')}</Text>
  const columns = entity.list.columns.filter((name) => name !== relation.by)
  const file = fileFieldOf(entity)
  return (
    <>
      {file ? (
        <DocumentList entity={entity} file={file} records={data.items} by={relation.by} />
      ) : narrow || dense ? (
        <RecordCards entity={entity} fields={columns} items={data.items} />
      ) : (
        <RecordTable entity={entity} columns={columns} items={data.items} sort="" />
      )}
      {(data.total ?? most + 1) > most && (
        <Group mt="sm">
          <Anchor
            component={Link}
            to={`${paths.records(relation.entity)}?${toListSearch({ ...query, size: 25 }).toString()}`}
          >
            {t('kit.record.seeAll', { what: entity.titlePlural })}
          </Anchor>
        </Group>
      )}
    </>
  )
}
