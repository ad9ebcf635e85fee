import { DateInput } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { parseDay } from './parseDay.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

const shown = 'DD/MM/YYYY'

/** A calendar day: shown DD/MM/AAAA, held AAAA-MM-DD. */
export function DateControl(props: ControlProps) {
  const { id, value, onChange, onBlur, required, bare } = props
  const { t } = useTranslation()
  return (
    <DateInput
      {...wrapperProps(props)}
      id={id}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      onBlur={onBlur}
      valueFormat={shown}
      dateParser={parseDay}
      placeholder={t('kit.form.datePattern')}
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('kit.form.clear') }}
      rightSection={
        bare || (typeof value === 'string' && !required) ? undefined : <IconCalendar aria-hidden size={16} />
      }
      rightSectionPointerEvents={typeof value === 'string' && !required ? 'all' : 'none'}
      popoverProps={{ withinPortal: true }}
      aria-required={required}
      hideOutsideDates
      weekendDays={[]}
      previousLabel={t('kit.form.previousMonth')}
      nextLabel={t('kit.form.nextMonth')}
    />
  )
}
