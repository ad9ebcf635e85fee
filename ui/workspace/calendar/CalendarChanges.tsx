import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CalendarView } from '#engine/contract'
import { Moment } from '../../kit/values/Moment.tsx'
import { longDay } from './longDay.ts'
import classes from './calendar.module.css'

/** Who changed which day, newest first. */
export function CalendarChanges({ changes }: Pick<CalendarView, 'changes'>) {
  const { t } = useTranslation()
  if (changes.length === 0) return null
  return (
    <details className={classes.changes}>
      <summary>{t('staff.calendar.changes')}</summary>
      <ul>
        {changes.map((change) => (
          <li key={`${change.at} ${change.day}`}>
            <Text size="sm">
              {t(`staff.calendar.did.${change.change}`, {
                who: change.who,
                day: longDay(change.day),
                name: change.name || t('staff.calendar.unnamed'),
              })}
              {change.reason && `: ${change.reason}`}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={change.at} />
            </Text>
          </li>
        ))}
      </ul>
    </details>
  )
}
