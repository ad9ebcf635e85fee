import { Textarea } from '@mantine/core'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, textOf, wrapperProps } from './wrapperProps.tsx'

export function TextareaControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, bare } = props
  return (
    <Textarea
      {...wrapperProps(props)}
      id={id}
      value={textOf(value)}
      placeholder={placeholderOf(schema)}
      autosize
      minRows={bare ? 1 : 3}
      maxRows={14}
      aria-required={required}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      onBlur={onBlur}
    />
  )
}
