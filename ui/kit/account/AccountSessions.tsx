import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { OwnSessionView } from '#engine/contract'
import { useEndSessions, useOwnSessions } from '../../client/people/useAccount.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import classes from './account.module.css'
import { deviceOf } from './deviceOf.ts'
import { formatDateTime } from '../values/formatValue.ts'

/** Where the account is open, and the way to close it there. */
export function AccountSessions() {
  const { t } = useTranslation()
  const { data, error, refetch } = useOwnSessions()
  const end = useEndSessions()
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={200} aria-busy />
  const nameOf = (session: OwnSessionView) => {
    const device = deviceOf(session.userAgent)
    return device ? t('kit.account.on', device) : t('kit.account.unknownDevice')
  }
  const endAll = () =>
    modals.openConfirmModal({
      title: t('kit.account.endAll'),
      children: <Text>{t('kit.account.endAllText')}</Text>,
      onConfirm: () => end.mutate('all'),
    })
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('kit.account.sessionsText')}</Text>
      {end.error && <ErrorNote error={end.error} />}
      <ul className={classes.sessions}>
        {data.map((session) => (
          <li key={session.id}>
            <div>
              <Group gap={8}>
                <Text fw={600}>{nameOf(session)}</Text>
                {session.current && (
                  <Badge variant="light" tt="none">
                    {t('kit.account.thisOne')}
                  </Badge>
                )}
              </Group>
              <Text size="sm" c="dimmed">
                {t('kit.account.from', { ip: session.ip })} ·{' '}
                {t('kit.account.since', { date: formatDateTime(session.since) })} ·{' '}
                {t('kit.account.lastUse', { date: formatDateTime(session.lastSeenAt) })}
              </Text>
            </div>
            {!session.current && (
              <Button
                variant="default"
                aria-label={t('kit.account.endThat', { device: nameOf(session) })}
                disabled={end.isPending}
                onClick={() => end.mutate({ id: session.id })}
              >
                {t('kit.account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Group gap="xs">
        {data.length > 1 && (
          <Button variant="default" disabled={end.isPending} onClick={() => end.mutate('others')}>
            {t('kit.account.endOthers')}
          </Button>
        )}
        <Button variant="default" color="red" disabled={end.isPending} onClick={endAll}>
          {t('kit.account.endAll')}
        </Button>
      </Group>
    </Stack>
  )
}
