import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCatalog } from '../../../client/useCatalog.ts'
import { optionsOf } from '../../values/formatValue.ts'
import { annotationOf } from '../annotationOf.ts'
import type { ControlProps } from './ControlProps.ts'
import { foldedFilter } from './foldedFilter.ts'
import { TagsControl } from './TagsControl.tsx'
import { wrapperProps } from './wrapperProps.tsx'

/** Several of a few: a list of choices or of catalogue keys; of plain texts where there is nothing to choose from. */
export function ChoicesControl(props: ControlProps) {
  const items = props.schema.items ?? {}
  const isFree = items.type === 'string' && !optionsOf(items) && items['x-catalog'] === undefined
  return isFree ? <TagsControl {...props} /> : <Choices {...props} />
}

function Choices(props: ControlProps) {
  const { id, schema, value, onChange, onBlur } = props
  const { t } = useTranslation()
  const items = schema.items ?? {}
  const catalog = annotationOf(items, 'x-catalog')?.catalog as string | undefined
  const { data } = useCatalog(catalog)
  const options = catalog
    ? (data?.rows ?? []).map((row) => ({ value: row.key, label: row.title }))
    : (optionsOf(items) ?? [])
  return (
    <MultiSelect
      {...wrapperProps(props)}
      id={id}
      data={options}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => onChange(next.length ? next : undefined)}
      onBlur={onBlur}
      searchable
      filter={foldedFilter}
      clearable
      clearButtonProps={{ 'aria-label': t('kit.form.clear'), size: 'md' }}
      nothingFoundMessage={t('kit.form.noOptions')}
    />
  )
}
