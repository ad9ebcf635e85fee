import { Alert, Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema, JsonObject } from '#forms'
import { useCoverParent } from '../form/windows/FormModal.tsx'
import { titleOf } from '../form/schema/schemaAt.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import { resolveConflicts, type Conflict } from './findConflicts.ts'

const sides = ['mine', 'theirs'] as const
type Side = (typeof sides)[number]

interface ConflictTableProps {
  conflicts: Conflict[]
  schema: FormSchema
  mine: JsonObject
  theirs: JsonObject
  /** Who saved in between. */
  who: string | null
  labels: Record<string, Record<string, string>>
  onResolve: (data: JsonObject) => void
  onClose: () => void
}

/** Two people saved the same record: a small table "suyo / de Rosa / usar". Nothing is lost. */
export function ConflictTable({
  conflicts,
  schema,
  mine,
  theirs,
  who,
  labels,
  onResolve,
  onClose,
}: ConflictTableProps) {
  const { t } = useTranslation()
  useCoverParent()
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const other = who ?? t('kit.conflict.somebody')
  const open = conflicts.filter((conflict) => !choices[conflict.field])
  const narrow = useMediaQuery('(max-width: 48em)')
  const nameOf = (field: string) => titleOf(schema.properties?.[field] ?? null, field)
  const whose = (side: Side) => (side === 'mine' ? t('kit.conflict.mine') : t('kit.conflict.theirs', { who: other }))
  /** One of the two values; `named`: no heading above says whose it is. */
  const choice = (field: string, side: Side, named = false) => {
    const data = side === 'mine' ? mine : theirs
    return (
      <Radio
        key={side}
        name={`conflict-${field}`}
        checked={choices[field] === side}
        onChange={() => setChoices({ ...choices, [field]: side })}
        label={
          <>
            {named && (
              <Text span inherit c="dimmed">
                {whose(side)}:{' '}
              </Text>
            )}
            <FieldValue
              schema={schema.properties?.[field] ?? {}}
              value={data[field]}
              data={data}
              labels={labels[field]}
              compact={false}
            />
          </>
        }
      />
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('kit.conflict.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Alert icon={<IconUsers aria-hidden />} mb="md" color="petrol">
        {t(conflicts.length ? 'kit.conflict.text' : 'kit.conflict.none', { who: other })}
      </Alert>
      {narrow &&
        conflicts.map(({ field }) => (
          <Stack key={field} component="fieldset" gap={6} m={0} mb="md" p={0} bd={0}>
            <Text component="legend" fw={600} size="sm" mb={4}>
              {nameOf(field)}
            </Text>
            {sides.map((side) => choice(field, side, true))}
          </Stack>
        ))}
      {!narrow && conflicts.length > 0 && (
        <Table aria-label={t('kit.conflict.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('kit.conflict.field')}</Table.Th>
              {sides.map((side) => (
                <Table.Th key={side}>{whose(side)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflicts.map(({ field }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" fw={500}>
                  {nameOf(field)}
                </Table.Th>
                {sides.map((side) => (
                  <Table.Td key={side}>{choice(field, side)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group justify="flex-end" mt="md">
        {open.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('kit.conflict.open', { count: open.length })}
          </Text>
        )}
        <Button variant="default" onClick={onClose}>
          {t('kit.conflict.keepEditing')}
        </Button>
        <Button
          disabled={open.length > 0}
          onClick={() => onResolve(resolveConflicts(mine, theirs, conflicts, choices))}
        >
          {t('kit.conflict.save')}
        </Button>
      </Group>
    </Modal>
  )
}
