import { Button, Group, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilterPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { FilterChip } from './FilterChip.tsx'
import { activeFilters, withFilter, type ListQuery } from './listQuery.ts'

const shownAtFirst = { wide: 5, narrow: 0 }

/** Filters as chips: the first five (on a phone none) and those in use, the rest behind a menu. */
export function FilterBar({
  filters,
  query,
  onChange,
}: {
  filters: FilterView[]
  query: ListQuery
  onChange: (next: ListQuery) => void
}) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const first = narrow ? shownAtFirst.narrow : shownAtFirst.wide
  const [added, setAdded] = useState<string[]>([])
  const active = activeFilters(query)
  const shown = filters.filter(
    (filter, index) => index < first || active.includes(filter.name) || added.includes(filter.name),
  )
  const hidden = filters.filter((filter) => !shown.includes(filter))
  if (filters.length === 0) return null
  return (
    <Group gap={8} role="group" aria-label={t('kit.list.filters')}>
      {shown.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          value={query.filters[filter.name] ?? query.ranges[filter.name] ?? null}
          initiallyOpen={added.at(-1) === filter.name}
          onChange={(value) => onChange(withFilter(query, filter.name, value))}
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
              {t(first ? 'kit.list.moreFilters' : 'kit.list.filters')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.map((filter) => (
              <Menu.Item key={filter.name} onClick={() => setAdded([...added, filter.name])}>
                {filter.title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {active.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange({ ...query, filters: {}, ranges: {}, page: 1 })}
        >
          {t('kit.list.clearFilters')}
        </Button>
      )}
    </Group>
  )
}
