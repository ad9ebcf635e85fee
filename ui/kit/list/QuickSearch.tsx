import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Search while typing; the list follows a moment after the last key. */
export function QuickSearch({
  value,
  onChange,
  label,
}: {
  value: string
  onChange: (q: string) => void
  label: string
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const later = useDebouncedCallback(onChange, 300)
  const now = (q: string) => {
    later.cancel()
    setTyped(q)
    onChange(q)
  }
  // Keys that wait to be asked for are newer than whatever the address says by now.
  useEffect(() => {
    if (!later.isPending()) setTyped(value)
  }, [later, value])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={t('kit.list.search')}
      leftSection={<IconSearch aria-hidden size={16} />}
      rightSection={
        typed ? <CloseButton size={24} aria-label={t('kit.list.clearSearch')} onClick={() => now('')} /> : undefined
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        later(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') now(typed)
      }}
      w={{ base: '100%', xs: 280 }}
    />
  )
}
