import { Checkbox, Loader, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../../client/http/keys.ts'
import { request } from '../../../client/http/request.ts'
import { useRecords } from '../../../client/records/useRecords.ts'
import { useHeldValues } from './useHeldValues.ts'

/** Several records, searched on the server while typing. What was chosen before stands first. */
export function ReferenceFilter({
  title,
  entity,
  values,
  onChange,
}: {
  title: string
  entity: string
  values: string[]
  onChange: (values: string[] | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const [first] = useState(values)
  const [held, toggle] = useHeldValues(values, onChange)
  const { data, isFetching } = useRecords(entity, new URLSearchParams({ size: '30', ...(q ? { q } : {}) }).toString())
  const chosen = useQueries({
    queries: first.map((id) => ({
      queryKey: keys.record(entity, id),
      staleTime: 60_000,
      retry: false,
      queryFn: ({ signal }: { signal: AbortSignal }) => request('getRecord', { params: { entity, id }, signal }),
    })),
  })
  const shown = [
    ...(q ? [] : first.map((id, index) => ({ id, label: chosen[index]?.data?.label ?? t('kit.value.noAccess') }))),
    ...(data?.items ?? []).filter((record) => q !== '' || !first.includes(record.id)),
  ]
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <TextInput
        type="search"
        aria-label={t('kit.list.searchIn', { what: title })}
        placeholder={t('kit.form.search')}
        rightSection={isFetching ? <Loader size={14} /> : undefined}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={300} type="auto" offsetScrollbars viewportProps={{ tabIndex: -1 }}>
        <Stack gap={8} py={4} px={2}>
          {shown.map((record) => (
            <Checkbox
              key={record.id}
              size="sm"
              label={record.label}
              checked={held.includes(record.id)}
              onChange={(event) => toggle(record.id, event.currentTarget.checked)}
            />
          ))}
          {shown.length === 0 && (
            <Text size="sm" c="dimmed">
              {t(isFetching ? 'kit.loading' : 'kit.form.nothingFound')}
            </Text>
          )}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  )
}
