import { Button, Chip, Group, Stack } from '@mantine/core'
import { DateInput, MonthPickerInput } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseDay } from '../../form/controls/parseDay.ts'
import { dateSpans, monthSpan, spanNames } from './dateSpans.ts'
import { CrossedNote, withBound, type Range } from './NumberFilter.tsx'

/** Days from, to, or both; the usual spans with one click, a month with two. */
export function DateFilter({ value, onApply }: { value: Range; onApply: (value: Range | null) => void }) {
  const { t } = useTranslation()
  const [bounds, setBounds] = useState(value)
  const spans = dateSpans(new Date())
  const crossed = !!bounds.from && !!bounds.to && bounds.from > bounds.to
  const same = (span: Range) => span.from === value.from && span.to === value.to
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!crossed) onApply(bounds.from || bounds.to ? bounds : null)
      }}
    >
      <Stack gap="sm">
        <Group gap={6}>
          {spanNames.map((name) => (
            <Chip key={name} size="xs" checked={same(spans[name])} onChange={() => onApply(spans[name])}>
              {t(`kit.list.spans.${name}`)}
            </Chip>
          ))}
        </Group>
        <MonthPickerInput
          label={t('kit.list.month')}
          placeholder={t('kit.form.choose')}
          valueFormat="MMMM YYYY"
          popoverProps={{ withinPortal: false }}
          value={bounds.from && same(monthSpan(bounds.from)) ? bounds.from : null}
          onChange={(day) => day && onApply(monthSpan(day))}
        />
        {(['from', 'to'] as const).map((side) => (
          <DateInput
            key={side}
            label={t(`kit.list.${side}`)}
            valueFormat="DD/MM/YYYY"
            hideOutsideDates
            weekendDays={[]}
            dateParser={parseDay}
            placeholder={t('kit.form.datePattern')}
            value={bounds[side] ?? null}
            onChange={(next) => setBounds(withBound(bounds, side, next))}
            popoverProps={{ withinPortal: false }}
            clearable
            clearButtonProps={{ 'aria-label': t('kit.form.clear') }}
          />
        ))}
        {crossed && <CrossedNote />}
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Stack>
    </form>
  )
}
