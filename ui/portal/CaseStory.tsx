import { Button, Paper, Skeleton, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecordHistory } from '../client/records/useRecord.ts'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { Timeline } from '../kit/record/Timeline.tsx'

const first = 8

/** What happened, the newest first, without the list of changed fields: that is for those who work on it. */
export function CaseStory({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const { data, error, refetch } = useRecordHistory(entity, id)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={180} aria-busy />
  const told = data.items.filter((entry) => entry.kind !== 'changed' && entry.kind !== 'incident')
  return (
    <Paper p="md">
      {told.length === 0 ? (
        <Text c="dimmed">{t('portal.case.nothingYet')}</Text>
      ) : (
        <Timeline entries={all ? told : told.slice(0, first)} hideChanges />
      )}
      {!all && told.length > first && (
        <Button variant="subtle" mt="sm" onClick={() => setAll(true)}>
          {t('portal.case.more')}
        </Button>
      )}
    </Paper>
  )
}
