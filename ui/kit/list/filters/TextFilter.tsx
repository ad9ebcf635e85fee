import { Autocomplete, Button, Group } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { useSuggestions } from '../../../client/records/useSuggestions.ts'

/** A text that a value contains, or begins with; where the filter has values to propose, the list of them opens. */
export function TextFilter({
  filter,
  value,
  onApply,
}: {
  filter: FilterView
  value: string
  onApply: (value: string[] | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { data } = useSuggestions(filter.of ?? null, filter.name, { q, isFilter: true, enabled: true })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(typed.trim() ? [typed.trim()] : null)
      }}
    >
      <Group gap={8} align="end" wrap="nowrap">
        <Autocomplete
          flex={1}
          label={filter.title}
          placeholder={t(filter.kind === 'prefix' ? 'kit.list.startsWith' : 'kit.list.contains')}
          data-autofocus
          data={(data?.items ?? []).map((item) => item.value)}
          // The server has chosen by what was typed.
          filter={({ options }) => options}
          maxDropdownHeight={220}
          comboboxProps={{ withinPortal: false }}
          value={typed}
          onChange={setTyped}
          onOptionSubmit={(chosen) => onApply([chosen])}
        />
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Group>
    </form>
  )
}
