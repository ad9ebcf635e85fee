import { normalizeDecimal } from '../schema/decimals.ts'
import { todayIn } from '../expressions/todayIn.ts'
import type { Json } from '../types.ts'
import type { FormField } from './FormModel.ts'

/**
 * The result of a formula as its field keeps it: decimals rounded half-up to the field's scale, the local day of
 * an instant for a date.
 * @throws TypeError when the result has no place in the field
 */
export function resultFor(field: FormField, result: Json, timeZone: string): Json {
  if (result === null || result === '') return null
  const { schema, decimal } = field
  if (decimal) {
    if (typeof result !== 'string' && typeof result !== 'number') throw new TypeError('el resultado no es un número')
    return normalizeDecimal(result, decimal, true)
  }
  if (schema.format === 'date' && typeof result === 'string' && result.length > 10) {
    return todayIn(new Date(result), timeZone)
  }
  const type = Array.isArray(result) ? 'array' : typeof result
  const wanted = schema.type === 'integer' ? 'number' : schema.type
  if (wanted !== undefined && wanted !== type) throw new TypeError(`el resultado no es de tipo ${String(schema.type)}`)
  if (schema.type === 'integer' && !Number.isInteger(result)) throw new TypeError('el resultado no es un número entero')
  return result
}
