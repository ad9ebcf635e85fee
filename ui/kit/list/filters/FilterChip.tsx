import { Button, CloseButton, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import type { FilterValue } from '../listQuery.ts'
import classes from '../list.module.css'
import { FilterInput } from './FilterInput.tsx'
import { useFilterWords } from './useFilterWords.ts'

interface FilterChipProps {
  filter: FilterView
  value: FilterValue | null
  /** Keys of the catalogue above that are chosen; null: nothing narrows it. */
  parents: string[] | null
  initiallyOpen?: boolean
  onChange: (value: FilterValue | null) => void
}

/** One filter: a chip that says what it holds, and opens to change it. */
export function FilterChip({ filter, value, parents, initiallyOpen = false, onChange }: FilterChipProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(initiallyOpen)
  const words = useFilterWords(filter, value)
  if (filter.kind === 'rule' && !filter.params)
    return (
      <Button
        className={classes.chip}
        size="compact-sm"
        radius="xl"
        variant={value ? 'light' : 'default'}
        aria-pressed={!!value}
        onClick={() => onChange(value ? null : ['true'])}
      >
        {filter.title}
      </Button>
    )
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" trapFocus returnFocus withinPortal>
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
      <Popover.Dropdown miw={260} maw={360}>
        <FilterInput
          filter={filter}
          value={value}
          parents={parents}
          onChange={onChange}
          onDone={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
