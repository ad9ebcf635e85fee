import type { FormField } from '../computed/FormModel.ts'
import { compareDecimals, isDecimal, type DecimalRule } from '../schema/decimals.ts'
import type { Issue, Json } from '../types.ts'

const BOUNDS = [
  ['gt', (order: number) => order > 0, 'Debe ser mayor que'],
  ['gte', (order: number) => order >= 0, 'Debe ser como mínimo'],
  ['lt', (order: number) => order < 0, 'Debe ser menor que'],
  ['lte', (order: number) => order <= 0, 'Debe ser como máximo'],
] as const

/** The field is a decimal between bounds. */
export const hasBounds = ({ decimal }: FormField): boolean =>
  decimal !== null && BOUNDS.some(([keyword]) => decimal[keyword] !== undefined)

/** The bounds of a decimal, compared exactly. Digits and scale are the pattern's business. */
export function checkDecimal(field: FormField, path: string, value: Json | undefined): Issue[] {
  const rule = field.decimal
  if (!rule || !isDecimal(value)) return []
  return BOUNDS.flatMap(([keyword, holds, words]): Issue[] => {
    const bound = rule[keyword]
    if (bound === undefined || !isDecimal(bound) || holds(compareDecimals(value, bound))) return []
    const message = `${words} ${shown(bound, rule)}`
    return [{ path, rule: keyword, params: { limit: bound }, message, level: 'error' }]
  })
}

/** A percentage is typed as 18 although it is kept as "0.18". */
function shown(bound: string, rule: DecimalRule): string {
  return rule.percent ? `${Number((Number(bound) * 100).toFixed(8))} %` : bound
}
