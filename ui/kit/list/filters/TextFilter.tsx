import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'

/** A text that a value contains, or begins with. */
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
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(typed.trim() ? [typed.trim()] : null)
      }}
    >
      <Group gap={8} align="end" wrap="nowrap">
        <TextInput
          flex={1}
          label={filter.title}
          placeholder={t(filter.kind === 'prefix' ? 'kit.list.startsWith' : 'kit.list.contains')}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Group>
    </form>
  )
}
