import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { annotationOf } from '../schema/annotationOf.ts'
import { useReferenceMaker } from '../references/useReferenceMaker.tsx'
import { useReferenceOptions } from '../references/useReferenceOptions.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** Points at several records; what is missing is made without leaving the window, and is one of them. */
export function ReferencesControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, labels, siblings } = props
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
  const maker = useReferenceMaker({
    ...{ id, siblings, typed, isFilled: held.length > 0, isFetching, found: options.length },
    rule: annotationOf(schema.items ?? {}, 'x-ref')!,
    onMade: (record) => {
      setSeen((before) => ({ ...before, [record.id]: record.label }))
      setTyped('')
      onChange([...held, record.id])
    },
  })
  return (
    <>
      <MultiSelect
        {...wrapperProps(props)}
        id={id}
        data={data}
        value={held}
        onChange={(next) => {
          setSeen((before) => ({
            ...before,
            ...Object.fromEntries(data.map((option) => [option.value, option.label])),
          }))
          onChange(next.length ? next : undefined)
        }}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        onDropdownOpen={() => setOpen(true)}
        filter={({ options: found }) => found}
        onBlur={onBlur}
        placeholder={held.length ? undefined : t('kit.form.search')}
        clearButtonProps={{ 'aria-label': t('kit.form.clear'), size: 'md' }}
        nothingFoundMessage={maker.nothingFound}
        onKeyDown={maker.onKeyDown}
      />
      {maker.below}
    </>
  )
}
