import { Accordion, Badge, Button, Drawer, Group } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { activeFilters, filterValue, withFilter, withoutFilters, type ListQuery } from '../listQuery.ts'
import classes from '../list.module.css'
import type { ChangeListQuery } from '../useListQuery.ts'
import { FilterChip } from './FilterChip.tsx'
import { FilterInput } from './FilterInput.tsx'
import { parentKeysOf } from './parentKeysOf.ts'
import { useFilterWords } from './useFilterWords.ts'

interface FilterSheetProps {
  filters: FilterView[]
  query: ListQuery
  onChange: ChangeListQuery
  children?: ReactNode
}

/** All filters on a phone: a sheet from below; what is chosen shows as chips that go away with a tap. */
export function FilterSheet({ filters, query, onChange, children }: FilterSheetProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const active = activeFilters(query)
  return (
    <Group gap={8} role="group" aria-label={t('kit.list.filters')}>
      <Button
        variant="default"
        leftSection={<IconAdjustmentsHorizontal aria-hidden size={16} />}
        rightSection={active.length > 0 ? <Badge size="sm">{active.length}</Badge> : undefined}
        onClick={() => setOpen(true)}
      >
        {t('kit.list.filters')}
      </Button>
      {filters
        .filter((filter) => active.includes(filter.name))
        .map((filter) => (
          <FilterChip
            key={filter.name}
            filter={filter}
            value={filterValue(query, filter.name)}
            parents={parentKeysOf(filter, query)}
            onChange={(value) => onChange((now) => withFilter(now, filter.name, value))}
          />
        ))}
      {children}
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="85%"
        classNames={{ content: classes.sheet, body: classes.sheetBody }}
        overlayProps={{ backgroundOpacity: 0.4 }}
        title={t('kit.list.filters')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <div className={classes.sheetFilters}>
          <Accordion multiple variant="separated" defaultValue={active}>
            {filters.map((filter) => (
              <SheetFilter key={filter.name} filter={filter} query={query} onChange={onChange} />
            ))}
          </Accordion>
        </div>
        <Group grow pt={12}>
          <Button variant="default" disabled={active.length === 0} onClick={() => onChange(withoutFilters)}>
            {t('kit.list.clearFilters')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('kit.list.seeResults')}</Button>
        </Group>
      </Drawer>
    </Group>
  )
}

function SheetFilter({
  filter,
  query,
  onChange,
}: Pick<FilterSheetProps, 'query' | 'onChange'> & { filter: FilterView }) {
  const value = filterValue(query, filter.name)
  const words = useFilterWords(filter, value)
  const change = (next: Parameters<typeof withFilter>[2]) => onChange((now) => withFilter(now, filter.name, next))
  if (filter.kind === 'rule' && !filter.params)
    return (
      <Group py={8} px="md">
        <FilterChip filter={filter} value={value} parents={null} onChange={change} />
      </Group>
    )
  return (
    <Accordion.Item value={filter.name}>
      <Accordion.Control>{words ? `${filter.title}: ${words}` : filter.title}</Accordion.Control>
      <Accordion.Panel>
        <FilterInput
          filter={filter}
          value={value}
          parents={parentKeysOf(filter, query)}
          onChange={change}
          onDone={() => undefined}
        />
      </Accordion.Panel>
    </Accordion.Item>
  )
}
