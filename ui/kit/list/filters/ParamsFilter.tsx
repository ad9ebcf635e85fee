import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { useCatalog } from '../../../client/administration/useCatalog.ts'
import type { FilterValue } from '../listQuery.ts'
import { filterOptions } from './filterOptions.ts'
import { ReferenceFilter } from './ReferenceFilter.tsx'

type Given = Record<string, string>

/** What a rule is to be asked with: one value for each parameter, those that hang on another narrowed by it. */
export function ParamsFilter({
  params,
  value,
  onApply,
}: {
  params: FilterView[]
  value: Given
  onApply: (value: FilterValue | null) => void
}) {
  const { t } = useTranslation()
  const [given, setGiven] = useState(value)
  const set = (name: string, next: string) => {
    const dropped = params.filter((param) => param.parent === name).map((param) => param.name)
    setGiven(Object.fromEntries(Object.entries({ ...given, [name]: next }).filter(([key]) => !dropped.includes(key))))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(Object.values(given).some(Boolean) ? { params: given } : null)
      }}
    >
      <Stack gap="sm">
        {params.map((param) => (
          <ParamInput
            key={param.name}
            param={param}
            value={given[param.name] ?? ''}
            parent={param.parent ? (given[param.parent] ?? '') : null}
            onChange={(next) => set(param.name, next)}
          />
        ))}
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Stack>
    </form>
  )
}

function ParamInput({
  param,
  value,
  parent,
  onChange,
}: {
  param: FilterView
  value: string
  /** Key chosen above; '' none yet; null: it hangs on none. */
  parent: string | null
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const catalog = useCatalog(param.kind === 'catalog' ? param.of : undefined)
  if (param.kind === 'reference')
    return (
      <ReferenceFilter
        title={param.title}
        entity={param.of ?? ''}
        values={value ? [value] : []}
        onChange={(values) => onChange(values?.at(-1) ?? '')}
      />
    )
  if (param.kind === 'equals' || param.kind === 'catalog')
    return (
      <Select
        label={param.title}
        placeholder={t(parent === '' ? 'kit.form.chooseFirst' : 'kit.form.choose')}
        data={filterOptions(param, catalog.data, parent === null ? null : [parent])}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
        disabled={parent === ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('kit.form.clear') }}
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage={t('kit.form.noOptions')}
      />
    )
  return <TextInput label={param.title} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
}
