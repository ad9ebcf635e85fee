import { Group, Stack, Text } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RecordPageView } from '#engine/contract'
import { formatDate } from '../values/formatValue.ts'
import { Moment } from '../values/Moment.tsx'
import { ToneBadge } from '../values/StateBadge.tsx'
import classes from './record.module.css'

/** "A quién le toca": what is expected, of whom, since when and until when. */
export function TurnBanner({ turn, ended }: { turn: RecordPageView['turn']; ended: boolean }) {
  const { t } = useTranslation()
  if (turn.length === 0)
    return ended ? null : (
      <div className={classes.turn} role="note">
        <Text size="sm">{t('kit.record.nobody')}</Text>
      </div>
    )
  return (
    <section className={classes.turn} aria-label={t('kit.record.turn')}>
      <Group gap={10} wrap="nowrap" align="start">
        <IconHourglass aria-hidden size={18} style={{ flex: 'none', marginTop: 2 }} />
        <Stack gap={6} flex={1}>
          {turn.map((one) => (
            <div key={one.task} className={classes.turnLine}>
              <Text size="sm" span>
                <Text span inherit c="dimmed">
                  {t('kit.record.turn')}:{' '}
                </Text>
                <Text span inherit fw={600}>
                  {one.who}
                </Text>
                {' — '}
                {one.title}
              </Text>
              <Text size="sm" c="dimmed" span>
                {t('kit.record.since')} <Moment at={one.since} />
                {one.dueAt && ` · ${t('kit.record.until', { date: formatDate(one.dueAt) })}`}
              </Text>
              {one.dueAt && new Date(one.dueAt) < new Date() && (
                <ToneBadge color="red" icon="clock" text={t('kit.record.overdue')} />
              )}
            </div>
          ))}
        </Stack>
      </Group>
    </section>
  )
}
