import { Anchor, Button, FileButton, Group, List, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconTableImport, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView } from '#engine/contract'
import { useBeginImport, useImportFile, useImports } from '../../client/records/useImports.ts'
import { paths } from '../../kit/app/paths.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { useExporting } from '../../kit/list/exports/ExportsInHand.tsx'
import classes from './imports.module.css'

/** The first step: a template, and the file. */
export function ImportStart({ entity, onBegun }: { entity: EntityView; onBegun: (id: string) => void }) {
  const { t } = useTranslation()
  const begin = useBeginImport(entity.key)
  const files = useImportFile(entity.key)
  const current = useExporting({ entity: entity.key })
  const { data: recent } = useImports(entity.key, true)
  const [over, setOver] = useState(false)
  const take = (file: File | null | undefined): void => {
    if (file) begin.mutate(file, { onSuccess: ({ id }) => onBegun(id) })
  }
  return (
    <Stack gap="md">
      <Text c="dimmed" maw={680}>
        {t('staff.imports.intro')}
      </Text>
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={<IconDownload aria-hidden size={16} />}
          loading={files.isPending}
          onClick={() => files.mutate('template')}
        >
          {t('staff.imports.template')}
        </Button>
        {entity.may.export && (
          <Button
            variant="subtle"
            title={t('staff.imports.currentHelp')}
            loading={current.isPending}
            onClick={() => current.mutate({ search: new URLSearchParams({ shape: 'import' }), format: 'xlsx' })}
          >
            {t('staff.imports.current')}
          </Button>
        )}
      </Group>
      {files.error && <ErrorNote error={files.error} />}
      {current.error && <ErrorNote error={current.error} />}
      <Paper
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <Stack align="center" gap={8}>
          <IconTableImport aria-hidden size={32} stroke={1.4} />
          <Text>{t('staff.imports.drop')}</Text>
          <FileButton accept=".xlsx,.csv,.txt" onChange={take}>
            {(props) => (
              <Button {...props} leftSection={<IconUpload aria-hidden size={16} />} loading={begin.isPending}>
                {t('staff.imports.choose')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed" ta="center">
            {t('staff.imports.limits')}
          </Text>
          {begin.isPending && (
            <Progress value={begin.share * 100} w="100%" maw={320} aria-label={t('staff.imports.uploading')} />
          )}
        </Stack>
      </Paper>
      {begin.error && <ErrorNote error={begin.error} />}
      {recent && recent.length > 0 && (
        <Stack gap={4}>
          <Title order={2} size="h4">
            {t('staff.imports.recent')}
          </Title>
          <List listStyleType="none" spacing={4}>
            {recent.map(({ id, fileName, counts, status }) => (
              <List.Item key={id}>
                <Anchor component={Link} to={paths.importRecords(entity.key, id)}>
                  {t('staff.imports.rowsOf', { name: fileName, count: counts.rows })}
                </Anchor>{' '}
                <Text span c="dimmed" size="sm">
                  {t(`staff.imports.status.${status}`)}
                </Text>
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Stack>
  )
}
