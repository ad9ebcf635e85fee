import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { useImportFile } from '../../client/records/useImports.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** The first rows that are wrong, or that ask for a second look, and all of them as a file. */
export function ImportIssues({ sheet, rows }: { sheet: ImportView; rows: 'errors' | 'warnings' }) {
  const { t } = useTranslation()
  const files = useImportFile(sheet.entity)
  const shown = sheet[rows]
  const count = rows === 'errors' ? sheet.counts.errors : sheet.counts.warned
  if (shown.length === 0) return null
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t(`staff.imports.rowsWith.${rows}`)}
          </Title>
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden size={16} />}
            loading={files.isPending}
            onClick={() => files.mutate({ rowsOf: sheet.id, rows })}
          >
            {t(`staff.imports.download.${rows}`)}
          </Button>
        </Group>
        {files.error && <ErrorNote error={files.error} />}
        <Stack component="ul" gap={6} m={0} pl={18}>
          {shown.map(({ number, issues, warnings }) => (
            <li key={number}>
              <Text span fw={500}>
                {t('staff.imports.row')} {number}:
              </Text>{' '}
              <Text span>{(rows === 'errors' ? issues : warnings).join('. ')}</Text>
            </li>
          ))}
        </Stack>
        {count > shown.length && (
          <Text size="sm" c="dimmed">
            {t(`staff.imports.more.${rows}`, { count })}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}
