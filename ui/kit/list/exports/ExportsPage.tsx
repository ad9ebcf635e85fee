import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { IconDownload, IconFileExport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { ExportView } from '#engine/contract'
import { exportFilePath, useCancelExport, useExports } from '../../../client/records/useExports.ts'
import { PageTitle } from '../../app/PageTitle.tsx'
import { EmptyNote } from '../../feedback/EmptyNote.tsx'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { formatCount, formatDateTime } from '../../values/formatValue.ts'
import { ToneBadge } from '../../values/StateBadge.tsx'
import type { ToneName } from '../../values/stateTone.ts'
import { ExportProgress } from './ExportProgress.tsx'
import classes from './exports.module.css'

const TONES: Record<ExportView['status'], ToneName> = {
  writing: 'blue',
  ready: 'green',
  failed: 'red',
  cancelled: 'gray',
  expired: 'gray',
}

/** The files that this person asked for: those under way, those to fetch, and what became of the others. */
export function ExportsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useExports()
  const asked = useSearchParams()[0].get('id')
  return (
    <Stack gap="md">
      <PageTitle title={t('kit.exports.title')} />
      <Text c="dimmed" maw={680}>
        {t('kit.exports.intro')}
      </Text>
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton height={160} aria-busy />
      ) : data.length === 0 ? (
        <EmptyNote title={t('kit.exports.none')} text={t('kit.exports.noneText')} icon={<IconFileExport size={24} />} />
      ) : (
        <ul className={classes.list}>
          {data.map((view) => (
            <ExportLine key={view.id} view={view} isAsked={view.id === asked} />
          ))}
        </ul>
      )}
    </Stack>
  )
}

function ExportLine({ view, isAsked }: { view: ExportView; isAsked: boolean }) {
  const { t } = useTranslation()
  const cancel = useCancelExport()
  const { id, name, title, rows, status, problem, startedAt, until } = view
  return (
    <Paper component="li" p="md" {...(isAsked ? { 'data-asked': true } : {})}>
      <Group justify="space-between" gap={12}>
        <Stack gap={4} miw={0} flex="1 1 240px">
          <Group gap={8}>
            <Text fw={600} className={classes.name}>
              {name}
            </Text>
            <ToneBadge color={TONES[status]} text={t(`kit.exports.status.${status}`)} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('kit.exports.about', {
              what: title,
              count: rows,
              rows: formatCount(rows),
              at: formatDateTime(startedAt),
            })}
          </Text>
          {status === 'writing' && <ExportProgress view={view} />}
          {status === 'ready' && until && (
            <Text size="sm">{t('kit.exports.until', { at: formatDateTime(until) })}</Text>
          )}
          {status === 'expired' && <Text size="sm">{t('kit.exports.expired')}</Text>}
          {problem && <Text size="sm">{problem}</Text>}
          {cancel.error && <ErrorNote error={cancel.error} />}
        </Stack>
        {status === 'writing' && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
            {t('kit.exports.cancel')}
          </Button>
        )}
        {status === 'ready' && (
          <Button
            component="a"
            href={exportFilePath(id)}
            download
            variant={isAsked ? 'filled' : 'default'}
            leftSection={<IconDownload aria-hidden size={16} />}
            aria-label={t('kit.exports.downloadNamed', { name })}
          >
            {t('kit.exports.download')}
          </Button>
        )}
      </Group>
    </Paper>
  )
}
