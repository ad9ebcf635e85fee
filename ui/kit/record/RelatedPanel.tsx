import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { EntityView } from '#engine/contract'
import { startOfRelated, type JsonObject } from '#forms'
import { useEntity } from '../../client/records/useEntities.ts'
import { useRecords } from '../../client/records/useRecords.ts'
import { paths } from '../app/paths.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import type { BegunForm } from '../form/references/BegunForm.ts'
import { toListSearch } from '../list/listQuery.ts'
import { RecordCards } from '../list/RecordCards.tsx'
import { createLink } from '../list/RecordList.tsx'
import { RecordTable, type RecordActions } from '../list/RecordTable.tsx'
import { CopyRowMenu } from './CopyRowMenu.tsx'
import CreateRecordModal from './CreateRecordModal.tsx'
import { DocumentList } from './DocumentList.tsx'
import { EditRecordModal } from './EditRecordModal.tsx'
import { fileFieldOf } from './fileFieldOf.ts'
import { RelatedButtons } from './RelatedButtons.tsx'
import { relatedQuery } from './relatedQuery.ts'

const most = 50

/**
 * Records that point at this one (documents, observations …). Those that carry a file are listed to be downloaded;
 * where the definition says `inline`, they are added, edited and taken away here, by those who may.
 */
export function RelatedPanel({
  relation,
  id,
  dense = false,
  editable = false,
  label = '',
  data: held = {},
}: {
  relation: EntityView['related'][number]
  id: string
  dense?: boolean
  editable?: boolean
  /** What the record they point at is called. */
  label?: string
  /** What it holds: where a new one begins with some of it. */
  data?: JsonObject
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)')
  const { data: entity, error: hidden } = useEntity(relation.entity)
  const query = relatedQuery(relation, id, most)
  const { data, error, refetch } = useRecords(relation.entity, toListSearch(query, { full: true }).toString(), {
    enabled: !!entity,
  })
  // What the new one begins with; null: none is being added.
  const [adding, setAdding] = useState<JsonObject | null>(null)
  const [edited, setEdited] = useState<string | null>(null)
  if (hidden || error) return <ErrorNote error={hidden ?? error} onRetry={() => void refetch()} />
  if (!entity || !data) return <Skeleton height={80} aria-busy />
  const columns = entity.list.columns.filter((name) => name !== relation.by)
  const file = fileFieldOf(entity)
  const inPlace = editable && relation.inline
  // What a process makes is begun on the process's own form, wherever it is listed.
  const create = inPlace || (editable && entity.startProcess) ? createLink(entity, t) : null
  const actions: RecordActions = {
    title: t('kit.record.rowActions'),
    isQuiet: true,
    of: (record) => <RelatedButtons entity={entity} record={record} onEdit={() => setEdited(record.id)} />,
  }
  const offered = inPlace && (entity.may.edit || entity.may.delete) ? { actions } : {}
  const isMultiple = entity.schema.properties?.[relation.by]?.type === 'array'
  const { set, copy } = startOfRelated(relation, held)
  const begin = (row: JsonObject): BegunForm => ({
    data: { ...copy, ...row, ...set, [relation.by]: isMultiple ? [id] : id },
    labels: { [relation.by]: { [id]: label } },
  })
  return (
    <Stack gap="sm">
      {create && (
        <Group justify="flex-end" gap={8}>
          <CopyRowMenu
            relation={relation}
            parent={held}
            onChoose={(row) => (entity.startProcess ? void navigate(create.to, { state: begin(row) }) : setAdding(row))}
          />
          {entity.startProcess ? (
            <Button
              component={Link}
              to={create.to}
              state={begin({})}
              variant="light"
              leftSection={<IconPlus aria-hidden size={16} />}
            >
              {create.title}
            </Button>
          ) : (
            <Button variant="light" leftSection={<IconPlus aria-hidden size={16} />} onClick={() => setAdding({})}>
              {create.title}
            </Button>
          )}
        </Group>
      )}
      {data.items.length === 0 ? (
        <Text c="dimmed">{t('kit.record.noRelated')}</Text>
      ) : file && !inPlace ? (
        <DocumentList entity={entity} file={file} records={data.items} by={relation.by} />
      ) : narrow || dense ? (
        <RecordCards entity={entity} fields={columns} items={data.items} {...offered} />
      ) : (
        <RecordTable entity={entity} columns={columns} items={data.items} sort="" {...offered} />
      )}
      {(data.total ?? most + 1) > most && (
        <Anchor
          component={Link}
          to={`${paths.records(relation.entity)}?${toListSearch({ ...query, size: 25 }).toString()}`}
        >
          {t('kit.record.seeAll', { what: entity.titlePlural })}
        </Anchor>
      )}
      {adding && (
        <CreateRecordModal
          entity={entity}
          depth={1}
          {...begin(adding)}
          onClose={() => setAdding(null)}
          onCreated={() => setAdding(null)}
        />
      )}
      {edited && <EditRecordModal key={edited} entity={entity} id={edited} onClose={() => setEdited(null)} />}
    </Stack>
  )
}
