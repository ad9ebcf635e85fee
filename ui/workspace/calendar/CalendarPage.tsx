import { ActionIcon, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCalendar, type CalendarDay } from '../../client/administration/useCalendar.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { CalendarChanges } from './CalendarChanges.tsx'
import { CalendarRow } from './CalendarRow.tsx'
import { DayDialog } from './DayDialog.tsx'
import boxedList from '../../kit/app/boxedList.module.css'

/** The holidays of a year, for those who may change them; the address holds the year. */
export function CalendarPage() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const year = Number(search.get('anio')) || new Date().getFullYear()
  const { data, error, isPending, refetch } = useCalendar(year)
  const [asked, setAsked] = useState<Pick<CalendarDay, 'day' | 'as'> | null>(null)
  const go = (to: number) => setSearch({ anio: String(to) }, { replace: true, preventScrollReset: true })
  return (
    <Stack gap="md">
      <PageTitle
        title={t('staff.calendar.title')}
        action={
          <Button leftSection={<IconPlus aria-hidden size={16} />} onClick={() => setAsked({ day: '', as: 'holiday' })}>
            {t('staff.calendar.add')}
          </Button>
        }
      />
      <Text c="dimmed" maw={680}>
        {t('staff.calendar.help')}
      </Text>
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('staff.calendar.yearBefore', { year: year - 1 })}
          onClick={() => go(year - 1)}
        >
          <IconChevronLeft aria-hidden size={20} />
        </ActionIcon>
        <Text component="h2" fw={600} size="lg" aria-live="polite">
          {year}
        </Text>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('staff.calendar.yearAfter', { year: year + 1 })}
          onClick={() => go(year + 1)}
        >
          <IconChevronRight aria-hidden size={20} />
        </ActionIcon>
      </Group>
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton height={240} aria-busy />
      ) : (
        <>
          {data.days.length === 0 ? (
            <Text>{t('staff.calendar.empty')}</Text>
          ) : (
            <ul className={boxedList.boxed}>
              {data.days.map((day) => (
                <CalendarRow key={day.day} day={day} onAsk={(as) => setAsked({ day: day.day, as })} />
              ))}
            </ul>
          )}
          <CalendarChanges changes={data.changes} />
        </>
      )}
      {asked && (
        <DayDialog
          asked={asked}
          name={data?.days.find(({ day }) => day === asked.day)?.name ?? ''}
          onClose={() => setAsked(null)}
        />
      )}
    </Stack>
  )
}
