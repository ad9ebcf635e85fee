import type { FormSchema } from '#forms'
import { fieldKind, isList, type EntityDefinition } from '#definitions'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { Filter } from '../../persistence/index.ts'
import { dateRange, momentRange } from './dateRange.ts'
import { containsCode, containsText, NOTHING } from './textFilter.ts'

export interface Range {
  from?: string
  to?: string
}

/** Records whose field has one of the values. @throws 400 for a value that the field cannot have */
export function valueFilter(ctx: Ctx, definition: EntityDefinition, name: string, values: string[]): Filter {
  const property = definition.properties[name] ?? {}
  switch (fieldKind(property)) {
    case 'text':
      return any(values.map((value) => containsText(definition, name, value)))
    case 'code':
      return any(values.map((value) => containsCode(definition, name, value)))
    case 'date':
    case 'moment':
      return any(values.map((value) => rangeFilter(ctx, definition, name, { from: value, to: value })))
    case 'decimal':
      return oneOf(`keys.${name}`, values.map(numberOf))
    case 'integer':
      return oneOf(`data.${name}`, values.map(numberOf))
    case 'boolean':
      return oneOf(`data.${name}`, values.map(booleanOf))
    case 'choice':
      return oneOf(
        `data.${name}`,
        values.map((value) => choiceOf(property, value)),
      )
    case 'reference':
    case 'catalog':
      return oneOf(`data.${name}`, values)
    case 'none':
      throw new CauceError('request.invalid')
  }
}

/** Records whose field lies between two values, both included. @throws 400 where the field has no order */
export function rangeFilter(ctx: Ctx, definition: EntityDefinition, name: string, { from, to }: Range): Filter {
  const property = definition.properties[name] ?? {}
  switch (fieldKind(property)) {
    case 'date':
      return between(`data.${name}`, dateRange(from, to))
    case 'moment':
      return between(`keys.${name}`, momentRange(from, to, ctx.config.timeZone))
    case 'decimal':
      return between(`keys.${name}`, { $gte: from && numberOf(from), $lte: to && numberOf(to) })
    case 'integer':
      return between(`data.${name}`, { $gte: from && numberOf(from), $lte: to && numberOf(to) })
    default:
      throw new CauceError('request.invalid')
  }
}

/** Records without a value in the field, or with one. */
export function emptyFilter(property: FormSchema, name: string, value: string): Filter {
  const none = isList(property) ? [null, []] : property.type === 'string' ? [null, ''] : [null]
  return { [`data.${name}`]: booleanOf(value) ? { $in: none } : { $nin: none } }
}

/** A value as a person's address has it, of the type that the field has. @throws 400 */
export function typedInput(property: FormSchema, value: string): string | number | boolean {
  const kind = fieldKind(property)
  if (kind === 'integer') return numberOf(value)
  if (kind === 'boolean') return booleanOf(value)
  return kind === 'choice' ? choiceOf(property, value) : value
}

export const any = (filters: Filter[]): Filter => (filters.length > 1 ? { $or: filters } : (filters[0] ?? NOTHING))

const oneOf = (path: string, values: unknown[]): Filter =>
  values.length === 1 ? { [path]: values[0] } : { [path]: { $in: values } }

function between(path: string, bounds: object): Filter {
  const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined && bound !== '')
  if (given.length === 0) throw new CauceError('request.invalid')
  return { [path]: Object.fromEntries(given) }
}

function numberOf(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) throw new CauceError('request.invalid')
  return number
}

function booleanOf(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new CauceError('request.invalid')
  return value === 'true'
}

/** The option meant, whatever its type; a value that is no option (any more) is found as it is written. */
function choiceOf(property: FormSchema, value: string): string | number | boolean {
  const field = property.items ?? property
  const options = field.oneOf?.map((option) => option.const) ?? field.enum ?? []
  const option = options.find((one) => String(one) === value)
  return typeof option === 'number' || typeof option === 'boolean' ? option : value
}
