import type { FeelDateTime } from 'feelin'
import { evaluate } from 'feelin'
import type { CompareOperator } from './FeelNode.ts'
import { instantOf, isTemporal, labelOf, toFeelDate, typeOf } from './feelValues.ts'

const DECIMAL = /^-?\d+(\.\d+)?$/
const ORDERED = new Set(['number', 'string', 'date', 'date time', 'time', 'duration', 'months'])

/** A comparison that has no meaning: the caller adds the expression. */
export class ComparisonError extends Error {}

/**
 * Compares as FEEL does, but refuses what feelin answers at random: values of different types. Null is equal
 * to null only; ordering with a null gives null. An ISO text beside a FEEL date is read as a date, because
 * rows without schema (references, facts) carry dates as text. Numbers written as text are not ordered:
 * "10" < "9" would be true; `money.lt` is the way.
 * @throws ComparisonError
 */
export function compareFeel(op: CompareOperator, left: unknown, right: unknown, timeZone: string): boolean | null {
  if (op === '=' || op === '!=') {
    const equal = areEqual(left, right, timeZone)
    return op === '=' ? equal : !equal
  }
  const order = orderOf(left, right, timeZone)
  if (order === null) return null
  if (op === '<') return order < 0
  if (op === '<=') return order <= 0
  if (op === '>') return order > 0
  return order >= 0
}

function areEqual(left: unknown, right: unknown, timeZone: string): boolean {
  const [a, b] = align(left, right)
  const type = typeOf(a)
  const other = typeOf(b)
  if (type === 'null' || other === 'null') return type === other
  if (type !== other) throw mismatch(a, b)
  if (type === 'list') {
    const [x, y] = [a as unknown[], b as unknown[]]
    return x.length === y.length && x.every((item, index) => areEqual(item, y[index], timeZone))
  }
  if (type === 'context') {
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
    const keys = Object.keys(x)
    return (
      keys.length === Object.keys(y).length &&
      keys.every((key) => Object.hasOwn(y, key) && areEqual(x[key], y[key], timeZone))
    )
  }
  if (type === 'date time' || type === 'duration' || type === 'months' || type === 'time') {
    return orderOf(a, b, timeZone) === 0
  }
  return type === 'date' ? String(a) === String(b) : a === b
}

function orderOf(left: unknown, right: unknown, timeZone: string): number | null {
  const [a, b] = align(left, right)
  const type = typeOf(a)
  const other = typeOf(b)
  if (type === 'null' || other === 'null') return null
  if (type !== other) throw mismatch(a, b)
  if (!ORDERED.has(type)) throw new ComparisonError(`No hay orden entre dos valores de tipo ${labelOf(type)}`)
  if (type === 'string' && DECIMAL.test(a as string) && DECIMAL.test(b as string)) {
    throw new ComparisonError('Dos números escritos como texto se comparan con money.lt, money.gt …')
  }
  if (type === 'date time') {
    return instantOf(a as FeelDateTime, timeZone) - instantOf(b as FeelDateTime, timeZone)
  }
  if (type === 'time' || type === 'duration' || type === 'months') {
    if (evaluate('a = b', { a, b }).value === true) return 0
    return evaluate('a < b', { a, b }).value === true ? -1 : 1
  }
  const [x, y] = type === 'date' ? [String(a), String(b)] : [a as string | number, b as string | number]
  return x < y ? -1 : x > y ? 1 : 0
}

/** A text that stands beside a FEEL date is read as one. */
function align(left: unknown, right: unknown): [unknown, unknown] {
  if (typeof left === 'string' && isTemporal(right)) return [toFeelDate(left) ?? left, right]
  if (typeof right === 'string' && isTemporal(left)) return [left, toFeelDate(right) ?? right]
  return [left, right]
}

function mismatch(a: unknown, b: unknown): ComparisonError {
  return new ComparisonError(`No se puede comparar ${labelOf(typeOf(a))} con ${labelOf(typeOf(b))}`)
}
