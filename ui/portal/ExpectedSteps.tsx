import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RecordPageView } from '#engine/contract'
import { formatDate } from '../kit/values/formatValue.ts'
import { Moment } from '../kit/values/Moment.tsx'
import classes from './portal.module.css'

/** «Qué esperamos · de quién · para cuándo», one card per open step; this person's own are marked. */
export function ExpectedSteps({ record, ended }: { record: RecordPageView; ended: boolean }) {
  const { t } = useTranslation()
  if (record.turn.length === 0)
    return (
      <Paper p="md">
        <Text>{t(ended ? 'portal.case.ended' : 'portal.case.nothing')}</Text>
      </Paper>
    )
  return (
    <ul className={classes.expected}>
      {record.turn.map((turn) => {
        const mine = record.tasks.some((task) => task.id === turn.task)
        return (
          <li key={turn.task} className={classes.expectedItem} data-mine={mine || undefined}>
            <Text fw={600}>{turn.title}</Text>
            <dl className={classes.facts}>
              <div>
                <dt>{t('portal.case.from')}</dt>
                <dd>{mine ? t('portal.case.you') : turn.who}</dd>
              </div>
              <div>
                <dt>{t('portal.case.until')}</dt>
                <dd>
                  <ByWhen dueAt={turn.dueAt} />
                </dd>
              </div>
              <div>
                <dt>{t('portal.case.since')}</dt>
                <dd>
                  <Moment at={turn.since} />
                </dd>
              </div>
            </dl>
          </li>
        )
      })}
    </ul>
  )
}

function ByWhen({ dueAt }: { dueAt: string | null }) {
  const { t } = useTranslation()
  if (!dueAt) return <>{t('portal.case.noDate')}</>
  if (new Date(dueAt) >= new Date()) return <>{formatDate(dueAt)}</>
  return (
    <Text span inherit c="var(--mantine-color-error)" fw={600}>
      {t('portal.case.overdue', { date: formatDate(dueAt) })}
    </Text>
  )
}
