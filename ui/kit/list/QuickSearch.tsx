import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
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
  // What was asked for and is not in the address yet; it comes back a moment later and must not undo the keys typed
  // since. What comes from elsewhere (back, a saved view, "clear all") is taken over.
  const asked = useRef<string | null>(null)
  const ask = (q: string) => {
    if (q !== value) asked.current = q
    onChange(q)
  }
  useEffect(() => {
    if (asked.current === null) setTyped(value)
    else if (value === asked.current) asked.current = null
  }, [value])
  const later = useDebouncedCallback(ask, 300)
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={t('kit.list.search')}
      leftSection={<IconSearch aria-hidden size={16} />}
      rightSection={
        typed ? (
          <CloseButton
            size={24}
            aria-label={t('kit.list.clearSearch')}
            onClick={() => {
              setTyped('')
              ask('')
            }}
          />
        ) : undefined
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        later(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask(typed)
      }}
      w={{ base: '100%', xs: 280 }}
    />
  )
}
