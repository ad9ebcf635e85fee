import { TextInput } from '@mantine/core'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, textOf, wrapperProps } from './wrapperProps.tsx'

const types: Record<string, string> = { email: 'email', uri: 'url' }

export function TextControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required } = props
  return (
    <TextInput
      {...wrapperProps(props)}
      id={id}
      value={textOf(value)}
      placeholder={placeholderOf(schema)}
      type={types[String(schema.format)] ?? 'text'}
      inputMode={onlyDigits(schema) ? 'numeric' : undefined}
      maxLength={typeof schema.maxLength === 'number' ? schema.maxLength + 40 : undefined}
      aria-required={required}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      onBlur={onBlur}
    />
  )
}

/** A document number: the phone shows its number pad. */
const onlyDigits = (schema: ControlProps['schema']) =>
  Array.isArray(schema['x-normalize']) && schema['x-normalize'].includes('digits')
