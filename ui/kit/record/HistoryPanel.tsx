import { Chip, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '#engine/contract'
import { useRecordHistory } from '../../client/records/useRecord.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { Timeline } from './Timeline.tsx'

const groups: Record<'steps' | 'changes' | 'documents' | 'mails', HistoryEntry['kind'][]> = {
  steps: ['state', 'task', 'started', 'ended', 'message', 'created', 'incident'],
  changes: ['changed', 'created'],
  documents: ['file'],
  mails: ['mail'],
}

/** History of a record with a filter by kind. */
export function HistoryPanel({
  entity,
  id,
  filterable = true,
  size,
}: {
  entity: string
  id: string
  filterable?: boolean
  size?: number
}) {
  const { t } = useTranslation()
  const { data, error, refetch } = useRecordHistory(entity, id, size)
  const [group, setGroup] = useState<keyof typeof groups | 'all'>('all')
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <Stack gap="sm" aria-busy>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={36} />
        ))}
      </Stack>
    )
  const kinds = new Set(data.items.map((entry) => entry.kind))
  const offered = (Object.keys(groups) as (keyof typeof groups)[]).filter((name) =>
    groups[name].some((kind) => kinds.has(kind)),
  )
  const entries =
    group === 'all'
      ? data.items
      : data.items.filter(
          (entry) => groups[group].includes(entry.kind) || (group === 'documents' && entry.files?.length),
        )
  return (
    <Stack gap="md">
      {filterable && offered.length > 1 && (
        <Chip.Group value={group} onChange={(next) => setGroup(next)}>
          <Group gap={6}>
            {(['all', ...offered] as const).map((name) => (
              <Chip key={name} value={name} size="xs" variant="light">
                {t(`kit.record.history.${name}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {entries.length ? <Timeline entries={entries} /> : <Text c="dimmed">{t('kit.record.noHistory')}</Text>}
    </Stack>
  )
}
