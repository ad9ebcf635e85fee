import { Button, Checkbox, Group, Paper, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { useMoveImport } from '../../client/records/useImports.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { CancelImport } from './CancelImport.tsx'
import { ImportColumns } from './ImportColumns.tsx'
import { ImportCounts } from './ImportCounts.tsx'
import { ImportIssues } from './ImportIssues.tsx'
import { ImportPreview } from './ImportPreview.tsx'

/** More records than go in at one stroke: the person is told what that means. */
const AT_ONCE = 500

/** What would happen, and the decision. */
export function ImportDecision({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const { apply } = useMoveImport(sheet.entity, sheet.id)
  const { counts } = sheet
  const [wanted, setMode] = useState<'all' | 'valid'>('all')
  const [warned, setWarned] = useState(false)
  const [mapping, setMapping] = useState(false)
  const offered = counts.new + counts.changed
  const writes = warned ? offered : offered - counts.warned
  // Nothing is left out where all are to go in.
  const mayAll = counts.errors === 0 && writes === offered
  const mode = mayAll ? wanted : 'valid'
  if (mapping) return <ImportColumns sheet={sheet} />
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('staff.imports.rowsOf', { name: sheet.fileName, count: counts.rows })}</Text>
      <ImportCounts
        sheet={sheet}
        names={['new', 'changed', 'same', 'errors', ...(counts.warned > 0 ? (['warned'] as const) : [])]}
      />
      <ImportIssues sheet={sheet} rows="errors" />
      <ImportIssues sheet={sheet} rows="warnings" />
      <ImportPreview sheet={sheet} />
      {offered > 0 ? (
        <Paper p={{ base: 'md', sm: 'lg' }}>
          {counts.warned > 0 && (
            <Checkbox
              mb="md"
              checked={warned}
              onChange={({ currentTarget }) => setWarned(currentTarget.checked)}
              label={t('staff.imports.acceptWarnings', { count: counts.warned })}
              description={t('staff.imports.acceptWarningsHelp')}
            />
          )}
          <Radio.Group
            label={t('staff.imports.mode')}
            value={mode}
            onChange={(value) => setMode(value === 'all' ? 'all' : 'valid')}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="all"
                disabled={!mayAll}
                label={t('staff.imports.all')}
                description={t(writes > AT_ONCE ? 'staff.imports.allLarge' : 'staff.imports.allHelp')}
              />
              <Radio value="valid" label={t('staff.imports.valid')} description={t('staff.imports.validHelp')} />
            </Stack>
          </Radio.Group>
        </Paper>
      ) : (
        <Text role="status">{t('staff.imports.nothing')}</Text>
      )}
      {apply.error && <ErrorNote error={apply.error} />}
      <Group gap={8}>
        {writes > 0 && (
          <Button loading={apply.isPending} onClick={() => apply.mutate({ mode, warned })}>
            {t('staff.imports.apply', { count: writes })}
          </Button>
        )}
        <Button variant="default" onClick={() => setMapping(true)}>
          {t('staff.imports.back')}
        </Button>
        <CancelImport sheet={sheet} />
      </Group>
    </Stack>
  )
}
