import { MultiSelect, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { candidateFromText, candidateToText } from '../wf/candidates.ts'
import type { DiagramElement, ModdleElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { usePanel } from './PanelContext.ts'
import { useExtensionRows } from './useExtensionRows.ts'

interface Props {
  element: DiagramElement
  owner?: ModdleElement
  title: string
}

/** Who may do something: roles, groups and the people behind a field of the record, in one picker. */
export function Candidates({ element, owner, title }: Props) {
  const { t } = useTranslation()
  const { pack, entity } = usePanel()
  const [rows, write] = useExtensionRows(element, 'wf:Candidate', owner)
  const chosen = rows.map(candidateToText)
  const choices = [
    ...pack.groups.map(({ value, label }) => ({
      value: `group:${value}`,
      label: t('studio.recipient.group', { label }),
    })),
    ...pack.roles.map(({ value, label }) => ({ value: `role:${value}`, label })),
    ...(entity?.fields ?? [])
      .filter((field) => field.reference)
      .map(({ key, title: label, reference }) =>
        reference === '$user'
          ? { value: `user:record.${key}`, label: t('studio.recipient.user', { label }) }
          : { value: `party:record.${key}`, label: t('studio.recipient.party', { label }) },
      ),
  ]
  const labelOf = (value: string) => {
    const row = candidateFromText(value)
    if (row.party && row.role) {
      const party = choices.find((choice) => choice.value === `party:${row.party}`)?.label ?? row.party
      return `${party} (${pack.roles.find((role) => role.value === row.role)?.label ?? row.role})`
    }
    return Object.values(row).join(' ')
  }
  return (
    <Stack gap={8}>
      <Text component="h3" size="sm" fw={600}>
        {title}
      </Text>
      <MultiSelect
        aria-label={title}
        placeholder={chosen.length === 0 ? t('studio.candidates.choose') : undefined}
        data={chosen.reduce((all, value) => choicesWith(all, value, labelOf), choices)}
        value={chosen}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('studio.clear') }}
        nothingFoundMessage={t('studio.nothingFound')}
        onChange={(values) => write(values.map(candidateFromText))}
      />
    </Stack>
  )
}
