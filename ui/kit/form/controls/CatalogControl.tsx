import { Select } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { narrowedBy, parentFields } from '#forms'
import { useCatalog } from '../../../client/administration/useCatalog.ts'
import { annotationOf } from '../schema/annotationOf.ts'
import { catalogOptions } from '../schema/catalogOptions.ts'
import type { ControlProps } from './ControlProps.ts'
import { foldedFilter } from './foldedFilter.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** A key of a catalogue; a dependent one offers only the rows of the field it hangs on, and empties when that changes. */
export function CatalogControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, siblings } = props
  const { t } = useTranslation()
  const rule = annotationOf(schema, 'x-catalog')!
  const parents = parentFields(rule)
  const narrowing = parents.length > 0 ? narrowedBy(parents, siblings) : undefined
  const { data, isPending } = useCatalog(rule.catalog as string)
  const options = data ? catalogOptions(data.rows, narrowing, value) : []
  const strays =
    data !== undefined &&
    typeof value === 'string' &&
    narrowing !== undefined &&
    !options.some((option) => option.value === value)

  useEffect(() => {
    if (strays) onChange(undefined)
    // Only the wandering of the value counts, not a new function.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [strays])

  const waiting = narrowing === null
  return (
    <Select
      {...wrapperProps(props)}
      id={id}
      data={options}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      onBlur={onBlur}
      placeholder={waiting ? t('kit.form.chooseFirst') : isPending ? t('kit.loading') : t('kit.form.choose')}
      disabled={waiting}
      searchable
      filter={foldedFilter}
      limit={200}
      clearable={!required}
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': t('kit.form.clear'), tabIndex: 0, 'aria-hidden': false, size: 'md' }}
      nothingFoundMessage={t('kit.form.noOptions')}
      checkIconPosition="right"
      aria-required={required}
    />
  )
}
