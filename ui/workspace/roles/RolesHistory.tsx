import { List, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMatrixHistory } from '../../client/administration/useMatrix.ts'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { Pager } from '../../kit/list/Pager.tsx'
import { formatDateTime } from '../../kit/values/formatValue.ts'

/** Who changed the rights, when, why, and what it meant. */
export function RolesHistory() {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const { data, error } = useMatrixHistory(page)
  if (error) return <ErrorNote error={error} />
  if (!data) return <Skeleton height={160} aria-busy />
  if (data.items.length === 0)
    return <EmptyNote title={t('staff.roles.noHistory')} text={t('staff.roles.noHistoryText')} />
  return (
    <Stack gap="sm">
      {data.items.map((entry) => (
        <Paper key={entry.id} p="md" withBorder>
          <Text fw={600}>
            {entry.who} · {formatDateTime(entry.at)}
          </Text>
          <Text size="sm" c="dimmed">
            {t('staff.roles.because', { reason: entry.reason })}
          </Text>
          <List size="sm" mt={8}>
            {entry.texts.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </Paper>
      ))}
      <Pager list={data} onPage={setPage} />
    </Stack>
  )
}
