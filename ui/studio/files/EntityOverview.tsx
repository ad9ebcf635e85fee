import { Badge, Group, ScrollArea, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityModel, FieldModel, PackModel } from '../pack/packModel.ts'

/** What a kind of record holds, field by field, in words. */
export function EntityOverview({ entity, pack }: { entity: EntityModel; pack: PackModel }) {
  const { t } = useTranslation()
  const required = new Set(entity.definition.required ?? [])
  return (
    <ScrollArea h="100%" type="auto" p={16} viewportProps={{ tabIndex: 0, 'aria-label': entity.title, role: 'region' }}>
      <Title order={2} mb={4}>
        {entity.title}
      </Title>
      <Text size="sm" c="dimmed" mb={12}>
        {t('studio.entity.count', { count: entity.fields.length })}
      </Text>
      <Table withTableBorder bg="var(--cauce-surface)">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('studio.entity.field')}</Table.Th>
            <Table.Th>{t('studio.entity.type')}</Table.Th>
            <Table.Th>{t('studio.entity.rules')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entity.fields.map((field) => (
            <Table.Tr key={field.key}>
              <Table.Td>
                {field.title}
                <Text size="xs" c="dimmed" ff="monospace">
                  {field.key}
                </Text>
              </Table.Td>
              <Table.Td>{t(`studio.entity.types.${typeOf(field)}`, { title: titleOfReference(field, pack) })}</Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {marksOf(field, required).map((mark) => (
                    <Badge key={mark} variant="light" color="gray">
                      {t(`studio.entity.marks.${mark}`)}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function typeOf({ schema, reference }: FieldModel): string {
  if (reference) return 'reference'
  if (schema['x-catalog']) return 'catalog'
  if (schema['x-file'] || schema.items?.['x-file']) return 'file'
  if (schema['x-money']) return 'money'
  if (schema['x-decimal']) return 'decimal'
  if (schema.enum || schema.oneOf) return 'choice'
  if (schema.type === 'array') return 'list'
  if (schema.type === 'boolean') return 'yesNo'
  if (schema.type === 'integer') return 'integer'
  if (schema.format === 'date' || schema.format === 'date-time') return 'date'
  return 'text'
}

function titleOfReference(field: FieldModel, pack: PackModel): string {
  return field.reference ? (pack.entities[field.reference]?.title ?? '') : ''
}

function marksOf({ key, schema }: FieldModel, required: Set<string>): string[] {
  return [
    ...(required.has(key) ? ['required'] : []),
    ...(schema['x-required-when'] ? ['requiredWhen'] : []),
    ...(schema['x-state'] ? ['state'] : []),
    ...(schema['x-code'] ? ['code'] : []),
    ...(schema['x-computed'] ? ['computed'] : []),
    ...(schema['x-unique'] ? ['unique'] : []),
    ...(schema['x-visible-when'] ? ['visibleWhen'] : []),
    ...(schema.readOnly ? ['readOnly'] : []),
  ]
}
