import { Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { useEntity } from '../../client/records/useEntities.ts'
import { useRecords } from '../../client/records/useRecords.ts'
import { titleOf } from '../form/schema/schemaAt.ts'
import { toListSearch } from '../list/listQuery.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import { relatedQuery } from './relatedQuery.ts'

/** As many as a page of the list may hold. */
const most = 200

/** Records around one, as a plain table for paper; nothing where there are none. */
export function RelatedPrint({
  relation,
  id,
  className,
}: {
  relation: EntityView['related'][number]
  id: string
  className: string
}) {
  const { t } = useTranslation()
  const { data: entity } = useEntity(relation.entity)
  const { data } = useRecords(
    relation.entity,
    toListSearch(relatedQuery(relation, id, most), { full: true }).toString(),
    { enabled: !!entity },
  )
  if (!entity || !data?.items.length) return null
  const columns = entity.list.columns.filter((name) => name !== relation.by)
  return (
    <section className={className}>
      <Title order={2} mb="xs">
        {relation.title}
      </Title>
      <Table withTableBorder verticalSpacing={4} fz={12} aria-label={relation.title}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{titleOf(entity.schema.properties?.[name] ?? {}, name)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((record) => (
            <Table.Tr key={record.id}>
              {columns.map((name) => (
                <Table.Td key={name}>
                  <FieldValue
                    schema={entity.schema.properties?.[name] ?? {}}
                    value={record.data[name]}
                    data={record.data}
                    labels={record.labels[name]}
                    states={entity.states}
                    isState={name === entity.stateField}
                    isCode={name === entity.codeField}
                    compact
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {(data.total ?? most + 1) > most && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('kit.record.firstOnly', { count: most })}
        </Text>
      )}
    </section>
  )
}
