import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReferenceOptions } from '../useReferenceOptions.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** Points at several records. */
export function ReferencesControl(props: ControlProps) {
  const { id, value, onChange, onBlur, labels } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState<Record<string, string>>({})
  const held = Array.isArray(value) ? value.map(String) : []
  const { options, isFetching } = useReferenceOptions(props, typed, open)
  const data = options.map((record) => ({ value: record.id, label: record.label }))
  for (const one of held)
    if (!data.some((option) => option.value === one))
      data.push({ value: one, label: seen[one] ?? labels[one] ?? t('kit.value.noAccess') })
  return (
    <MultiSelect
      {...wrapperProps(props)}
      id={id}
      data={data}
      value={held}
      onChange={(next) => {
        setSeen((before) => ({ ...before, ...Object.fromEntries(data.map((option) => [option.value, option.label])) }))
        onChange(next.length ? next : undefined)
      }}
      searchable
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      filter={({ options: found }) => found}
      onBlur={onBlur}
      placeholder={held.length ? undefined : t('kit.form.search')}
      clearButtonProps={{ 'aria-label': t('kit.form.clear'), size: 'md' }}
      nothingFoundMessage={isFetching ? t('kit.loading') : t('kit.form.nothingFound')}
    />
  )
}
