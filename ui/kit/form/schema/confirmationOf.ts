import type { FormView } from '#engine/contract'
import { renderPattern, type FormSchema, type Json, type JsonObject } from '#forms'
import { decimalOf, formatDate, formatDecimal, optionsOf, shiftPoint } from '../../values/formatValue.ts'

/** What a form says once more before it is sent (`confirm`), with what was typed in place; null where it says nothing. */
export function confirmationOf(form: FormView, value: JsonObject): string | null {
  if (!form.confirm) return null
  const { properties = {} } = form.schema
  return renderPattern(form.confirm, value, (name) => wordsOf(properties[name], value[name]))
}

function wordsOf(schema: FormSchema | undefined, value: Json | undefined): string | undefined {
  if (!schema || typeof value !== 'string') return undefined
  const decimal = decimalOf(schema)
  if (decimal?.percent) return `${formatDecimal(shiftPoint(value, 2), 0)} %`
  if (decimal) return formatDecimal(value, decimal.scale)
  if (schema.format === 'date' || schema.format === 'date-time') return formatDate(value)
  return optionsOf(schema)?.find((option) => option.value === value)?.label
}
