import { Checkbox, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foldText } from '#forms'
import { useHeldValues } from './useHeldValues.ts'

/** Fewer are seen at a glance. */
const searchedFrom = 8
/** More in one column nobody reads: the search narrows them. */
const mostShown = 100

/** Several of a closed list, with a search where it is long. What is chosen stands first. */
export function ChoicesFilter({
  title,
  options,
  values,
  onChange,
}: {
  title: string
  options: { value: string; label: string }[]
  values: string[]
  onChange: (values: string[] | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  // The order holds while it is open: a row that jumps away from under the pointer is chosen wrongly.
  const [first] = useState(values)
  const [held, toggle] = useHeldValues(values, onChange)
  const wanted = foldText(typed.trim())
  const matching = options.filter((option) => foldText(option.label).includes(wanted))
  const shown = [
    ...matching.filter((option) => first.includes(option.value)),
    ...matching.filter((option) => !first.includes(option.value)),
  ].slice(0, mostShown)
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      {options.length >= searchedFrom && (
        <TextInput
          type="search"
          aria-label={t('kit.list.searchIn', { what: title })}
          placeholder={t('kit.form.search')}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={300} type="auto" offsetScrollbars viewportProps={{ tabIndex: -1 }}>
        <Stack gap={8} py={4} px={2}>
          {shown.map((option, index) => (
            <Checkbox
              key={option.value}
              size="sm"
              label={option.label}
              data-autofocus={(options.length < searchedFrom && index === 0) || undefined}
              checked={held.includes(option.value)}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
          ))}
          {shown.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('kit.form.nothingFound')}
            </Text>
          )}
          {matching.length > mostShown && (
            <Text size="xs" c="dimmed">
              {t('kit.list.typeMore', { count: matching.length - mostShown })}
            </Text>
          )}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  )
}
