import { Autocomplete, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSuggestions } from '../../../client/records/useSuggestions.ts'
import { annotationOf } from '../schema/annotationOf.ts'
import { useFormScope } from '../FormScope.ts'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, textOf, wrapperProps } from './wrapperProps.tsx'

/**
 * Free typing with proposals: values that records have already, rows of catalogues. Says beside the field when a value
 * is not among the known ones, or, where it is to be unique, that it is there already; saving asks about both.
 */
export function SuggestControl(props: ControlProps) {
  const { id, schema, path, value, onChange, onBlur, required } = props
  const { t } = useTranslation()
  const { store, entity } = useFormScope()
  const [used, setUsed] = useState(false)
  const typed = textOf(value).trim()
  const [q] = useDebouncedValue(typed, 250)
  const record = store.getEnvironment().record?.id
  // A property of the form itself is nobody's field: there are no values of it.
  const isOfEntity = schema['x-form'] !== true
  const { data, isPlaceholderData } = useSuggestions(entity, path.replace(/\.\d+(?=\.|$)/g, ''), {
    ...{ q, record: typeof record === 'string' ? record : null },
    enabled: used && isOfEntity,
  })
  const known = q !== typed || isPlaceholderData ? null : (data?.known ?? null)
  const others = annotationOf(schema, 'x-suggest')?.others
  const isOdd = others === 'warn' ? known === false : schema['x-unique'] !== undefined && known === true
  const note = isOdd ? t(others === 'warn' ? 'kit.form.suggest.unknown' : 'kit.form.suggest.exists') : null
  const titles = new Map((data?.items ?? []).map((item) => [item.value, item.title]))
  return (
    <Autocomplete
      {...wrapperProps({ ...props, warning: props.warning ?? note })}
      id={id}
      data={[...titles.keys()]}
      // The server has chosen by what was typed.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <div>
          {option.value}
          {titles.get(option.value) && (
            <Text span size="xs" c="dimmed" ml="xs">
              {titles.get(option.value)}
            </Text>
          )}
        </div>
      )}
      value={textOf(value)}
      placeholder={placeholderOf(schema)}
      aria-required={required}
      onFocus={() => setUsed(true)}
      onChange={(next) => onChange(next || undefined)}
      onBlur={onBlur}
    />
  )
}
