import { Badge, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import { useFile } from '../../client/records/useFile.ts'
import { titleOf } from '../form/schema/schemaAt.ts'
import { FieldValue, FileLink } from '../values/FieldValue.tsx'
import { formatBytes, formatDateTime } from '../values/formatValue.ts'
import listClasses from '../list/list.module.css'

/** Documents of a record: every version can be downloaded; who and when stand beside. */
export function DocumentList({
  entity,
  file,
  records,
  by,
}: {
  entity: EntityView
  file: string
  records: RecordView[]
  by: string
}) {
  return (
    <ul className={listClasses.cards}>
      {records.map((record) => (
        <DocumentCard key={record.id} entity={entity} file={file} record={record} by={by} />
      ))}
    </ul>
  )
}

function DocumentCard({
  entity,
  file,
  record,
  by,
}: {
  entity: EntityView
  file: string
  record: RecordView
  by: string
}) {
  const { t } = useTranslation()
  const held = record.data[file]
  const ids = (Array.isArray(held) ? held : [held]).filter((id): id is string => typeof id === 'string')
  const others = entity.list.columns.filter(
    (name) =>
      name !== by &&
      name !== file &&
      name !== entity.codeField &&
      record.data[name] !== undefined &&
      record.data[name] !== null,
  )
  return (
    <li className={listClasses.card}>
      <Group justify="space-between" gap={8} align="start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          {ids.map((id) => (
            <div key={id}>
              <FileLink id={id} /> <FileSize id={id} />
            </div>
          ))}
        </div>
        {entity.codeField && record.data[entity.codeField] ? (
          <Badge variant="default">{String(record.data[entity.codeField])}</Badge>
        ) : null}
      </Group>
      <Group gap="4px 16px" mt={6}>
        {others.map((name) => (
          <Text key={name} size="xs" span>
            <Text span inherit c="dimmed">
              {titleOf(entity.schema.properties?.[name] ?? null, name)}:{' '}
            </Text>
            <FieldValue
              schema={entity.schema.properties?.[name] ?? {}}
              value={record.data[name]}
              data={record.data}
              labels={record.labels[name]}
              states={entity.states}
              isState={name === entity.stateField}
              compact
            />
          </Text>
        ))}
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {[record.updatedBy, formatDateTime(record.createdAt)].filter(Boolean).join(' · ') || t('kit.file.file')}
      </Text>
    </li>
  )
}

function FileSize({ id }: { id: string }) {
  const { data } = useFile(id)
  return data ? (
    <Text span size="xs" c="dimmed">
      {formatBytes(data.size)}
    </Text>
  ) : null
}
