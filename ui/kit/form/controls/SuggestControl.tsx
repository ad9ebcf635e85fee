import { Autocomplete } from '@mantine/core'
import { useCatalog } from '../../../client/useCatalog.ts'
import { annotationOf } from '../annotationOf.ts'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, textOf, wrapperProps } from './wrapperProps.tsx'

/** Free typing with proposals from a catalogue. */
export function SuggestControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required } = props
  const from = annotationOf(schema, 'x-suggest')?.from
  const sources: unknown[] = Array.isArray(from) ? from : [from]
  const source = sources.find((name) => typeof name === 'string' && name.startsWith('catalog:'))
  const { data } = useCatalog(typeof source === 'string' ? source.slice('catalog:'.length) : undefined)
  return (
    <Autocomplete
      {...wrapperProps(props)}
      id={id}
      data={[...new Set((data?.rows ?? []).map((row) => row.title))]}
      value={textOf(value)}
      placeholder={placeholderOf(schema)}
      limit={20}
      aria-required={required}
      onChange={(next) => onChange(next || undefined)}
      onBlur={onBlur}
    />
  )
}
