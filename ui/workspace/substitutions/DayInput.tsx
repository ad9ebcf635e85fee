import { DateInput } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { parseDay } from '../../kit/form/controls/parseDay.ts'

/** A day that must be given: shown DD/MM/AAAA, held AAAA-MM-DD. */
export function DayInput(props: {
  label: string
  value: string | null
  error: string | undefined
  onChange: (day: string | null) => void
}) {
  const { t } = useTranslation()
  return (
    <DateInput
      {...props}
      valueFormat="DD/MM/YYYY"
      dateParser={parseDay}
      placeholder={t('kit.form.datePattern')}
      withAsterisk
      rightSection={<IconCalendar aria-hidden size={16} />}
      rightSectionPointerEvents="none"
      popoverProps={{ withinPortal: true }}
      hideOutsideDates
      weekendDays={[]}
      previousLabel={t('kit.form.previousMonth')}
      nextLabel={t('kit.form.nextMonth')}
    />
  )
}
