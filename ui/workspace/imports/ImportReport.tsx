import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView, ImportView } from '#engine/contract'
import { lowerFirst } from '#forms'
import { paths } from '../../kit/app/paths.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { ImportIssues } from './ImportIssues.tsx'

/** What came of it. */
export function ImportReport(props: { entity: EntityView; sheet: ImportView; onAnother: () => void }) {
  const { entity, sheet, onAnother } = props
  const { t } = useTranslation()
  const isDone = sheet.status === 'done'
  const isLeftOut = sheet.counts.warned > 0 && !sheet.warned
  const title = t(`staff.imports.${sheet.status as 'done' | 'stopped' | 'failed' | 'cancelled'}`)
  return (
    <Stack gap="md">
      <Alert
        role="status"
        color={isDone ? 'green' : sheet.status === 'cancelled' ? 'gray' : 'red'}
        icon={isDone ? <IconCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
        title={
          <Text span inherit c="dark.8">
            {title}
          </Text>
        }
      >
        <Text size="sm">
          {sheet.problem ?? t('staff.imports.rowsOf', { name: sheet.fileName, count: sheet.counts.rows })}
        </Text>
      </Alert>
      <ImportCounts sheet={sheet} names={['applied', 'same', 'errors', ...(isLeftOut ? (['warned'] as const) : [])]} />
      <ImportIssues sheet={sheet} rows="errors" />
      {isLeftOut && <ImportIssues sheet={sheet} rows="warnings" />}
      <Group gap={8}>
        <Button component={Link} to={paths.records(entity.key)}>
          {t('staff.imports.toList', { what: lowerFirst(entity.titlePlural) })}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('staff.imports.another')}
        </Button>
      </Group>
    </Stack>
  )
}
