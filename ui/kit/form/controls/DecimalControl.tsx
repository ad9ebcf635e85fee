import { NumberInput } from '@mantine/core'
import { currencyOf, currencySymbol, decimalOf, padFraction, shiftPoint } from '../../values/formatValue.ts'
import type { ControlProps } from './ControlProps.ts'
import { placeholderOf, wrapperProps } from './wrapperProps.tsx'

/**
 * An exact number: typed with thousands separated and its symbol, held as a decimal string. A percentage is typed 18 and
 * held "0.18".
 */
export function DecimalControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, siblings } = props
  const { scale, percent } = decimalOf(schema) ?? { scale: 2, percent: false }
  const symbol = currencySymbol(currencyOf(schema, siblings))
  const unit = typeof schema['x-unit'] === 'string' ? ` ${schema['x-unit']}` : ''
  const held = typeof value === 'string' ? (percent ? shiftPoint(value, 2) : value) : ''
  return (
    <NumberInput
      {...wrapperProps(props)}
      id={id}
      value={held}
      onValueChange={({ value: typed }, { source }) => {
        // The control also reports when it is handed a value: that is nobody's typing.
        if (source !== 'event') return
        onChange(typed === '' || typed === '-' ? undefined : percent ? shiftPoint(typed, -2) : typed)
      }}
      valueIsNumericString
      decimalScale={percent ? Math.max(scale - 2, 0) : scale}
      decimalSeparator="."
      thousandSeparator=","
      allowedDecimalSeparators={['.']}
      prefix={symbol ? `${symbol} ` : undefined}
      suffix={percent ? ' %' : unit || undefined}
      placeholder={placeholderOf(schema) ?? (symbol ? `${symbol} 0.00` : undefined)}
      hideControls
      styles={{ input: { textAlign: 'right' } }}
      aria-required={required}
      onBlur={() => {
        // "1234.5" soles reads 1,234.50: amounts always show their cents.
        if (typeof value === 'string' && schema['x-money'] !== undefined) {
          const full = padFraction(value, scale)
          if (full !== value) onChange(full)
        }
        onBlur()
      }}
    />
  )
}
