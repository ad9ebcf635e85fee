import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { optionsOf } from '../../values/formatValue.ts'
import type { ControlProps } from './ControlProps.ts'
import { foldedFilter } from './foldedFilter.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** So few are seen at a glance: a phone need not bring up its keyboard for them. */
const FEW = 7

/** One of a few: choices of `enum` or `oneOf`. Typing narrows what is offered, as in every list. */
export function SelectControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required } = props
  const { t } = useTranslation()
  const options = optionsOf(schema) ?? []
  return (
    <Select
      {...wrapperProps(props)}
      id={id}
      data={options}
      value={value === undefined || value === null ? null : String(value)}
      onChange={(next) => onChange(next ?? undefined)}
      onBlur={onBlur}
      placeholder={t('kit.form.choose')}
      searchable
      filter={foldedFilter}
      inputMode={options.length > FEW ? undefined : 'none'}
      openOnFocus={false}
      clearable={!required}
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': t('kit.form.clear'), tabIndex: 0, 'aria-hidden': false, size: 'md' }}
      nothingFoundMessage={t('kit.form.noOptions')}
      checkIconPosition="right"
      aria-required={required}
    />
  )
}
