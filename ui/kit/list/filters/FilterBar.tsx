import { Button, Group, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilterPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { activeFilters, filterValue, isNarrowed, withFilter, withoutFilters, type ListQuery } from '../listQuery.ts'
import type { ChangeListQuery } from '../useListQuery.ts'
import { FilterChip } from './FilterChip.tsx'
import { FilterSheet } from './FilterSheet.tsx'
import { parentKeysOf } from './parentKeysOf.ts'

const shownAtFirst = 5

interface FilterBarProps {
  filters: FilterView[]
  query: ListQuery
  onChange: ChangeListQuery
  /** Other chips, after the filters. */
  children?: ReactNode
}

/** Filters as chips: the first five and those in use, the rest behind a menu. On a phone: a sheet with all of them. */
export function FilterBar(props: FilterBarProps) {
  const narrow = useMediaQuery('(max-width: 48em)')
  if (props.filters.length === 0 && !props.children) return null
  return narrow ? <FilterSheet {...props} /> : <FilterChips {...props} />
}

function FilterChips({ filters, query, onChange, children }: FilterBarProps) {
  const { t } = useTranslation()
  const [added, setAdded] = useState<string[]>([])
  const active = activeFilters(query)
  const shown = filters.filter(
    (filter, index) => index < shownAtFirst || active.includes(filter.name) || added.includes(filter.name),
  )
  const hidden = filters.filter((filter) => !shown.includes(filter))
  return (
    <Group gap={8} role="group" aria-label={t('kit.list.filters')}>
      {shown.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          value={filterValue(query, filter.name)}
          parents={parentKeysOf(filter, query)}
          initiallyOpen={added.at(-1) === filter.name}
          onChange={(value) => onChange((now) => withFilter(now, filter.name, value))}
        />
      ))}
      {hidden.length > 0 && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconFilterPlus aria-hidden size={14} />}
            >
              {t('kit.list.moreFilters')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
            {hidden.map((filter) => (
              <Menu.Item key={filter.name} onClick={() => setAdded([...added, filter.name])}>
                {filter.title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {children}
      {isNarrowed({ ...query, q: '' }) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(withoutFilters)}>
          {t('kit.list.clearFilters')}
        </Button>
      )}
    </Group>
  )
}
