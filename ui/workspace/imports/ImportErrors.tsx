import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { useImportFile } from '../../client/useImports.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** The first rows that are wrong, and all of them as a file. */
export function ImportErrors({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const files = useImportFile(sheet.entity)
  if (sheet.errors.length === 0) return null
  const isMore = sheet.counts.errors > sheet.errors.length
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('staff.imports.errorRows')}
          </Title>
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden size={16} />}
            loading={files.isPending}
            onClick={() => files.mutate({ errorsOf: sheet.id })}
          >
            {t('staff.imports.downloadErrors')}
          </Button>
        </Group>
        {files.error && <ErrorNote error={files.error} />}
        <Stack component="ul" gap={6} m={0} pl={18}>
          {sheet.errors.map(({ number, issues }) => (
            <li key={number}>
              <Text span fw={500}>
                {t('staff.imports.row')} {number}:
              </Text>{' '}
              <Text span>{issues.join('. ')}</Text>
            </li>
          ))}
        </Stack>
        {isMore && (
          <Text size="sm" c="dimmed">
            {t('staff.imports.moreErrors', { count: sheet.counts.errors })}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
