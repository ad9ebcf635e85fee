import { DateTimePicker } from '@mantine/dates'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** A moment: shown in local time, held in RFC 3339 (the theme's own control holds another format). */
export function DateTimeControl(props: ControlProps) {
  const { id, value, onChange, onBlur, required } = props
  const { t } = useTranslation()
  return (
    <DateTimePicker
      {...wrapperProps(props)}
      id={id}
      value={typeof value === 'string' ? dayjs(value).format('YYYY-MM-DD HH:mm:ss') : null}
      onChange={(next) => onChange(next ? dayjs(next).toISOString() : undefined)}
      onBlur={onBlur}
      valueFormat="DD/MM/YYYY HH:mm"
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('kit.form.clear') }}
      submitButtonProps={{ 'aria-label': t('kit.confirm') }}
      aria-required={required}
    />
  )
}
