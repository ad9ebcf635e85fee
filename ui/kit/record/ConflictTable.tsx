import { Alert, Button, Group, Modal, Radio, Table, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema, JsonObject } from '#forms'
import { titleOf } from '../form/schemaAt.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import { resolveConflicts, type Conflict } from './findConflicts.ts'

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
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({})
  const other = who ?? t('kit.conflict.somebody')
  const open = conflicts.filter((conflict) => !choices[conflict.field])
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
      {conflicts.length > 0 && (
        <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('kit.conflict.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('kit.conflict.field')}</Table.Th>
                <Table.Th>{t('kit.conflict.mine')}</Table.Th>
                <Table.Th>{t('kit.conflict.theirs', { who: other })}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {conflicts.map(({ field }) => (
                <Table.Tr key={field}>
                  <Table.Th scope="row" fw={500}>
                    {titleOf(schema.properties?.[field] ?? null, field)}
                  </Table.Th>
                  {(['mine', 'theirs'] as const).map((side) => (
                    <Table.Td key={side}>
                      <Radio
                        name={`conflict-${field}`}
                        checked={choices[field] === side}
                        onChange={() => setChoices({ ...choices, [field]: side })}
                        label={
                          <FieldValue
                            schema={schema.properties?.[field] ?? {}}
                            value={(side === 'mine' ? mine : theirs)[field]}
                            data={side === 'mine' ? mine : theirs}
                            labels={labels[field]}
                            compact={false}
                          />
                        }
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
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
