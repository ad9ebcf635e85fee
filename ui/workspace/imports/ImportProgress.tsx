import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { CancelImport } from './CancelImport.tsx'

/** How far it is. It may be left: the work goes on. */
export function ImportProgress({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const { rows } = sheet.counts
  const isReading = sheet.status === 'reading'
  const share = isReading || rows === 0 ? 0 : Math.min(100, (sheet.done / rows) * 100)
  const title = t(`staff.imports.${sheet.status as 'reading' | 'checking' | 'applying'}`)
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Progress value={isReading ? 100 : share} animated={isReading} size="lg" aria-label={title} />
        <Text size="sm" role="status">
          {isReading
            ? t('staff.imports.rowsOf', { name: sheet.fileName, count: rows })
            : t('staff.imports.progress', { done: Math.min(sheet.done, rows), total: rows })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('staff.imports.leave')}
        </Text>
        <Group>
          <CancelImport sheet={sheet} />
        </Group>
      </Stack>
    </Paper>
  )
}
