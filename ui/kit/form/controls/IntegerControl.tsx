import { NumberInput } from '@mantine/core'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, wrapperProps } from './wrapperProps.tsx'

export function IntegerControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required } = props
  return (
    <NumberInput
      {...wrapperProps(props)}
      id={id}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' && Number.isFinite(next) ? next : undefined)}
      allowDecimal={false}
      thousandSeparator=","
      suffix={typeof schema['x-unit'] === 'string' ? ` ${schema['x-unit']}` : undefined}
      placeholder={placeholderOf(schema)}
      hideControls
      aria-required={required}
      onBlur={onBlur}
    />
  )
}
