import { narrowedBy, parentFields } from '#forms'
import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCatalog } from '../../../client/administration/useCatalog.ts'
import { optionsOf } from '../../values/formatValue.ts'
import { annotationOf } from '../schema/annotationOf.ts'
import { catalogOptions } from '../schema/catalogOptions.ts'
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
  const { id, schema, value, onChange, onBlur, siblings } = props
  const { t } = useTranslation()
  const items = schema.items ?? {}
  const rule = annotationOf(items, 'x-catalog')
  const catalog = rule?.catalog as string | undefined
  const parents = rule ? parentFields(rule) : []
  // Of what was chosen above, which may be several: the provinces of a department, the districts of all of those.
  const narrowing = parents.length > 0 ? narrowedBy(parents, siblings) : undefined
  const { data } = useCatalog(catalog)
  const held = Array.isArray(value) ? value.map(String) : []
  const options = catalog
    ? catalogOptions(
        (data?.rows ?? []).map((row) => (held.includes(row.key) ? { ...row, inactive: false } : row)),
        narrowing,
        undefined,
      )
    : (optionsOf(items) ?? [])
  return (
    <MultiSelect
      {...wrapperProps(props)}
      id={id}
      data={options}
      value={held}
      disabled={narrowing === null && held.length === 0}
      placeholder={narrowing === null && held.length === 0 ? t('kit.form.chooseFirst') : undefined}
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
