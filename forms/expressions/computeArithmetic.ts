import { evaluate } from 'feelin'
import { ComparisonError } from './compareFeel.ts'
import type { ArithmeticOperator } from './FeelNode.ts'
import { isTemporal, labelOf, toFeelDate, typeOf } from './feelValues.ts'

const DECIMAL = /^-?\d+(\.\d+)?$/

/**
 * `+ - * / **` over numbers, dates and durations, and `+` over texts. Null with anything is null, as in FEEL;
 * a division by zero is null. Numbers written as text (money) are refused: FEEL computes in doubles and
 * "1" + "2" would be "12".
 * @throws ComparisonError
 */
export function computeArithmetic(op: ArithmeticOperator, left: unknown, right: unknown): unknown {
  const a = typeof left === 'string' && isTemporal(right) ? (toFeelDate(left) ?? left) : left
  const b = typeof right === 'string' && isTemporal(left) ? (toFeelDate(right) ?? right) : right
  if (a === null || a === undefined || b === null || b === undefined) return null
  if (typeof a === 'number' && typeof b === 'number') return ofNumbers(op, a, b)
  if (typeof a === 'string' && typeof b === 'string' && op === '+') {
    if (DECIMAL.test(a) && DECIMAL.test(b)) throw new ComparisonError('Los importes se suman con money.add')
    return a + b
  }
  if (isTemporal(a) || isTemporal(b)) {
    const { value, warnings } = evaluate(`a ${op} b`, { a, b })
    if (warnings.length === 0 && value !== null) return value
  }
  throw new ComparisonError(`No se puede calcular ${labelOf(typeOf(a))} ${op} ${labelOf(typeOf(b))}`)
}

function ofNumbers(op: ArithmeticOperator, a: number, b: number): number | null {
  const result = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === '/' ? a / b : a ** b
  return Number.isFinite(result) ? result : null
}
