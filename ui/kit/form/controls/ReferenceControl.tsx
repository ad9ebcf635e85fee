import { Loader, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { annotationOf } from '../schema/annotationOf.ts'
import { useReferenceMaker } from '../references/useReferenceMaker.tsx'
import { useReferenceOptions } from '../references/useReferenceOptions.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** Points at a record: search as you type, code and name shown, and creation without leaving the window. */
export function ReferenceControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, labels, siblings } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const held = typeof value === 'string' ? value : null
  const heldLabel = held ? (chosen[held] ?? labels[held] ?? null) : null
  const searched = typed === heldLabel ? '' : typed
  const { options, isFetching } = useReferenceOptions(props, searched, open)
  const data = options.map((record) => ({ value: record.id, label: record.label }))
  if (held && !data.some((option) => option.value === held))
    data.unshift({ value: held, label: heldLabel ?? t('kit.value.noAccess') })
  const maker = useReferenceMaker({
    ...{ id, siblings, typed: searched, isFilled: held !== null, isFetching, found: options.length },
    rule: annotationOf(schema, 'x-ref')!,
    onMade: (record) => {
      setChosen((before) => ({ ...before, [record.id]: record.label }))
      onChange(record.id)
    },
  })
  return (
    <>
      <Select
        {...wrapperProps(props)}
        id={id}
        data={data}
        value={held}
        onChange={(next, option) => {
          if (next && option) setChosen((before) => ({ ...before, [next]: option.label }))
          onChange(next ?? undefined)
        }}
        searchable
        // Once they are there: Enter takes the best of what was looked for.
        selectFirstOptionOnChange={searched !== '' && !isFetching}
        onSearchChange={setTyped}
        onDropdownOpen={() => setOpen(true)}
        filter={({ options: found }) => found}
        rightSection={isFetching && open ? <Loader size={14} /> : undefined}
        onBlur={onBlur}
        placeholder={t('kit.form.search')}
        clearable={!required}
        allowDeselect={false}
        clearButtonProps={{ 'aria-label': t('kit.form.clear'), tabIndex: 0, 'aria-hidden': false, size: 'md' }}
        nothingFoundMessage={maker.nothingFound}
        onKeyDown={maker.onKeyDown}
        checkIconPosition="right"
        aria-required={required}
      />
      {maker.below}
    </>
  )
}
