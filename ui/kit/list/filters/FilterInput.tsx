import { Stack } from '@mantine/core'
import type { FilterView } from '#engine/contract'
import { useCatalog } from '../../../client/administration/useCatalog.ts'
import type { FilterValue } from '../listQuery.ts'
import { ChoicesFilter } from './ChoicesFilter.tsx'
import { DateFilter } from './DateFilter.tsx'
import { EmptyFilter } from './EmptyFilter.tsx'
import { filterOptions } from './filterOptions.ts'
import { NumberFilter } from './NumberFilter.tsx'
import { ParamsFilter } from './ParamsFilter.tsx'
import { ReferenceFilter } from './ReferenceFilter.tsx'
import { TextFilter } from './TextFilter.tsx'

export interface FilterInputProps {
  filter: FilterView
  value: FilterValue | null
  parents: string[] | null
  onChange: (value: FilterValue | null) => void
  /** Nothing more to choose: whoever opened it may close it. */
  onDone: () => void
}

/** What a filter asks, by its kind; with it, where the definition says so, whether there is a value at all. */
export function FilterInput(props: FilterInputProps) {
  const { filter, value, onChange, onDone } = props
  const empty = value && 'empty' in value ? value.empty : null
  return (
    <Stack gap="sm">
      <KindInput {...props} />
      {filter.empty && (
        <EmptyFilter
          value={empty}
          onChange={(next) => {
            onChange(next === null ? null : { empty: next })
            onDone()
          }}
        />
      )}
    </Stack>
  )
}

function KindInput({ filter, value, parents, onChange, onDone }: FilterInputProps) {
  const catalog = useCatalog(filter.kind === 'catalog' ? filter.of : undefined)
  const values = Array.isArray(value) ? value : []
  const range = value && !Array.isArray(value) && !('empty' in value) && !('params' in value) ? value : {}
  const done = (next: FilterValue | null) => {
    onChange(next)
    onDone()
  }
  switch (filter.kind) {
    case 'equals':
    case 'catalog':
      return (
        <ChoicesFilter
          title={filter.title}
          options={filterOptions(filter, catalog.data, parents)}
          values={values}
          onChange={onChange}
        />
      )
    case 'reference':
      return <ReferenceFilter title={filter.title} entity={filter.of ?? ''} values={values} onChange={onChange} />
    case 'range':
      return filter.of === 'date' ? (
        <DateFilter value={range} onApply={done} />
      ) : (
        <NumberFilter value={range} onApply={done} />
      )
    case 'rule':
      return (
        <ParamsFilter
          params={filter.params ?? []}
          value={value && 'params' in value ? value.params : {}}
          onApply={done}
        />
      )
    default:
      return <TextFilter filter={filter} value={values[0] ?? ''} onApply={done} />
  }
}
