import { Checkbox } from '@mantine/core'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

export function CheckboxControl(props: ControlProps) {
  const { id, label, value, onChange, onBlur, required, bare, error } = props
  const { description } = wrapperProps(props) as { description?: React.ReactNode }
  return (
    <Checkbox
      id={id}
      label={bare ? undefined : required ? `${label} *` : label}
      aria-label={bare ? label : undefined}
      description={description}
      error={error ?? undefined}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
      onBlur={onBlur}
      mt={bare ? 0 : 6}
    />
  )
}
