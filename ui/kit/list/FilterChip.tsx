import { Button, CloseButton, Group, NumberInput, Popover, Radio, Select, Stack, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { useCatalog } from '../../client/useCatalog.ts'
import { useRecord } from '../../client/useRecord.ts'
import { useRecords } from '../../client/useRecords.ts'
import { parseDay } from '../form/parseDay.ts'
import { formatDate, formatDecimal } from '../values/formatValue.ts'
import classes from './list.module.css'

type FilterValue = string | { from?: string; to?: string } | null

interface FilterChipProps {
  filter: FilterView
  value: FilterValue
  initiallyOpen?: boolean
  onChange: (value: FilterValue) => void
}

/** One filter: a chip that says what it holds, and opens to change it. */
export function FilterChip({ filter, value, initiallyOpen = false, onChange }: FilterChipProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(initiallyOpen)
  const words = useWords(filter, value)
  if (filter.kind === 'rule')
    return (
      <Button
        className={classes.chip}
        size="compact-sm"
        radius="xl"
        variant={value ? 'light' : 'default'}
        aria-pressed={!!value}
        onClick={() => onChange(value ? null : 'true')}
      >
        {filter.title}
      </Button>
    )
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" trapFocus withinPortal>
      <span className={classes.chipPair} data-active={value !== null || undefined}>
        <Popover.Target>
          <Button
            className={classes.chip}
            size="compact-sm"
            radius="xl"
            variant={value === null ? 'default' : 'light'}
            aria-expanded={open}
            rightSection={value === null ? <IconChevronDown aria-hidden size={14} /> : undefined}
            onClick={() => setOpen(!open)}
          >
            {value === null ? filter.title : `${filter.title}: ${words}`}
          </Button>
        </Popover.Target>
        {value !== null && (
          <CloseButton
            size={24}
            radius="xl"
            aria-label={t('kit.list.removeFilter', { name: filter.title })}
            onClick={() => onChange(null)}
          />
        )}
      </span>
      <Popover.Dropdown miw={240}>
        <FilterInput
          filter={filter}
          value={value}
          onApply={(next) => {
            onChange(next)
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

/** What a chip says about its value. */
function useWords(filter: FilterView, value: FilterValue): string {
  const { t } = useTranslation()
  const single = typeof value === 'string' ? value : null
  const catalog = useCatalog(filter.kind === 'catalog' && single ? filter.of : undefined)
  const record = useRecord(filter.kind === 'reference' ? filter.of : undefined, single)
  if (value === null) return ''
  if (typeof value === 'object') {
    const show = (text: string) => (filter.of === 'date' ? formatDate(text) : formatDecimal(text, 0))
    if (value.from && value.to) return t('kit.list.between', { from: show(value.from), to: show(value.to) })
    return value.from ? t('kit.list.since', { from: show(value.from) }) : t('kit.list.until', { to: show(value.to!) })
  }
  if (filter.kind === 'catalog') return catalog.data?.rows.find((row) => row.key === value)?.title ?? value
  if (filter.kind === 'reference') return record.data?.label ?? '…'
  return filter.options?.find((option) => option.value === value)?.title ?? value
}

function FilterInput({
  filter,
  value,
  onApply,
}: {
  filter: FilterView
  value: FilterValue
  onApply: (value: FilterValue) => void
}) {
  switch (filter.kind) {
    case 'equals':
      return <OptionFilter filter={filter} value={value} onApply={onApply} />
    case 'catalog':
      return <CatalogFilter filter={filter} value={value} onApply={onApply} />
    case 'reference':
      return <ReferenceFilter filter={filter} value={value} onApply={onApply} />
    case 'range':
      return <RangeFilter filter={filter} value={value} onApply={onApply} />
    default:
      return <TextFilter filter={filter} value={value} onApply={onApply} />
  }
}

type InputProps = { filter: FilterView; value: FilterValue; onApply: (value: FilterValue) => void }
const textOf = (value: FilterValue) => (typeof value === 'string' ? value : '')

function TextFilter({ filter, value, onApply }: InputProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(textOf(value))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(typed.trim() || null)
      }}
    >
      <Group gap={8} align="end" wrap="nowrap">
        <TextInput
          label={filter.title}
          description={t(filter.kind === 'prefix' ? 'kit.list.startsWith' : 'kit.list.contains')}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Group>
    </form>
  )
}

function OptionFilter({ filter, value, onApply }: InputProps) {
  return (
    <Radio.Group label={filter.title} value={textOf(value)} onChange={onApply}>
      <Stack gap={8} mt={8} mah={320} style={{ overflowY: 'auto' }}>
        {(filter.options ?? []).map((option) => (
          <Radio key={option.value} value={option.value} label={option.title} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function CatalogFilter({ filter, value, onApply }: InputProps) {
  const { t } = useTranslation()
  const { data } = useCatalog(filter.of)
  return (
    <Select
      label={filter.title}
      data={(data?.rows ?? []).map((row) => ({ value: row.key, label: row.title }))}
      value={textOf(value) || null}
      onChange={onApply}
      searchable
      limit={100}
      data-autofocus
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={t('kit.form.noOptions')}
    />
  )
}

function ReferenceFilter({ filter, value, onApply }: InputProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { data, isFetching } = useRecords(
    filter.of,
    new URLSearchParams({ size: '20', ...(typed ? { q: typed } : {}) }).toString(),
  )
  return (
    <Select
      label={filter.title}
      placeholder={t('kit.form.search')}
      data={(data?.items ?? []).map((record) => ({ value: record.id, label: record.label }))}
      value={textOf(value) || null}
      onChange={onApply}
      searchable
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data-autofocus
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={isFetching ? t('kit.loading') : t('kit.form.nothingFound')}
    />
  )
}

function RangeFilter({ filter, value, onApply }: InputProps) {
  const { t } = useTranslation()
  const [bounds, setBounds] = useState<{ from?: string; to?: string }>(typeof value === 'object' && value ? value : {})
  const input = (side: 'from' | 'to') =>
    filter.of === 'date' ? (
      <DateInput
        label={t(`kit.list.${side}`)}
        valueFormat="DD/MM/YYYY"
        hideOutsideDates
        weekendDays={[]}
        dateParser={parseDay}
        placeholder={t('kit.form.datePattern')}
        value={bounds[side] ?? null}
        onChange={(next) => setBounds({ ...bounds, [side]: next ?? undefined })}
        popoverProps={{ withinPortal: false }}
        clearable
        clearButtonProps={{ 'aria-label': t('kit.form.clear') }}
      />
    ) : (
      <NumberInput
        label={t(`kit.list.${side}`)}
        value={bounds[side] ?? ''}
        valueIsNumericString
        thousandSeparator=","
        hideControls
        onValueChange={({ value: typed }) => setBounds({ ...bounds, [side]: typed || undefined })}
      />
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(bounds.from || bounds.to ? bounds : null)
      }}
    >
      <Stack gap="sm">
        {input('from')}
        {input('to')}
        <Button type="submit">{t('kit.list.apply')}</Button>
      </Stack>
    </form>
  )
}
