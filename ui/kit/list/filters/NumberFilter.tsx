import { Button, NumberInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Range {
  from?: string
  to?: string
}

/** A number from, to, or both; the bounds count. */
export function NumberFilter({ value, onApply }: { value: Range; onApply: (value: Range | null) => void }) {
  const { t } = useTranslation()
  const [bounds, setBounds] = useState(value)
  const crossed = !!bounds.from && !!bounds.to && Number(bounds.from) > Number(bounds.to)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!crossed) onApply(bounds.from || bounds.to ? bounds : null)
      }}
    >
      <Stack gap="sm">
        {(['from', 'to'] as const).map((side) => (
          <NumberInput
            key={side}
            label={t(`kit.list.${side}`)}
            data-autofocus={side === 'from' || undefined}
            value={bounds[side] ?? ''}
            valueIsNumericString
            thousandSeparator=","
            hideControls
            onValueChange={({ value: typed }) => setBounds(withBound(bounds, side, typed))}
          />
        ))}
        {crossed && <CrossedNote />}
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Stack>
    </form>
  )
}

export function CrossedNote() {
  const { t } = useTranslation()
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {t('kit.list.crossed')}
    </Text>
  )
}

/** An emptied bound is no bound. */
export function withBound(bounds: Range, side: 'from' | 'to', value: string | null | undefined): Range {
  const { [side]: _old, ...other } = bounds
  return value ? { ...other, [side]: value } : other
}
