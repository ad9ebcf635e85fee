import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CalendarView } from '#engine/contract'
import type { CalendarDay } from '../../client/administration/useCalendar.ts'
import { ToneBadge } from '../../kit/values/StateBadge.tsx'
import { longDay } from './longDay.ts'
import classes from './calendar.module.css'

/** One holiday: when, what, whose; and the way to say otherwise. */
export function CalendarRow(props: { day: CalendarView['days'][number]; onAsk: (as: CalendarDay['as']) => void }) {
  const { day, onAsk } = props
  const { t } = useTranslation()
  const kind = !day.holiday ? 'worked' : day.own ? 'own' : 'official'
  const tones = { worked: 'orange', own: 'blue', official: 'gray' } as const
  const as = kind === 'official' ? 'workday' : 'official'
  const label = t(`staff.calendar.action.${kind}`)
  return (
    <li className={classes.day}>
      <div className={classes.what}>
        <Text fw={600} td={kind === 'worked' ? 'line-through' : undefined}>
          {day.name || t('staff.calendar.unnamed')}
        </Text>
        <Text size="sm" c="dimmed">
          {longDay(day.day)}
        </Text>
      </div>
      <ToneBadge color={tones[kind]} text={t(`staff.calendar.kind.${kind}`)} />
      <Button
        size="sm"
        variant="default"
        className={classes.action}
        aria-label={`${label}: ${longDay(day.day)}`}
        onClick={() => onAsk(as)}
      >
        {label}
      </Button>
    </li>
  )
}
