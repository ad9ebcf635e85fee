import { Group, Radio } from '@mantine/core'
import { optionsOf } from '../../values/formatValue.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

export function RadioControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur } = props
  const options = optionsOf(schema) ?? []
  return (
    <Radio.Group
      {...wrapperProps(props)}
      id={id}
      tabIndex={-1}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(next) => onChange(next)}
    >
      <Group gap="lg" mt={4}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} onBlur={onBlur} />
        ))}
      </Group>
    </Radio.Group>
  )
}
