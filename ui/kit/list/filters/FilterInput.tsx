import type { FilterView } from '#engine/contract'
import { useCatalog } from '../../../client/useCatalog.ts'
import type { FilterValue } from '../listQuery.ts'
import { ChoicesFilter } from './ChoicesFilter.tsx'
import { DateFilter } from './DateFilter.tsx'
import { filterOptions } from './filterOptions.ts'
import { NumberFilter } from './NumberFilter.tsx'
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

/** What a filter asks, by its kind. */
export function FilterInput({ filter, value, parents, onChange, onDone }: FilterInputProps) {
  const catalog = useCatalog(filter.kind === 'catalog' ? filter.of : undefined)
  const values = Array.isArray(value) ? value : []
  const range = value && !Array.isArray(value) ? value : {}
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
    default:
      return <TextFilter filter={filter} value={values[0] ?? ''} onApply={done} />
  }
}
