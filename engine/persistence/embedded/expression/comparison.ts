import { compareValues, typeOrder } from '../bson/compare.ts'
import { int32, type Value } from '../bson/values.ts'
import { isTruthy } from './isTruthy.ts'
import { nary, operandsOf, unary } from './operands.ts'
import type { Operator, Operators } from './operator.ts'
import type { Scope } from './scope.ts'

/** Order of expressions: like that of values, a missing one before null. */
function compareOperands(a: Value | undefined, b: Value | undefined, scope: Scope): number {
  if (a === undefined || b === undefined) return Math.sign(typeOrder(a) - typeOrder(b))
  return compareValues(a, b, scope.order)
}

const compared = (test: (result: number) => Value): Operator =>
  nary(2, 2, ([a, b], scope) => test(compareOperands(a, b, scope)))

export const comparison: Operators = {
  $cmp: compared((result) => int32(Math.sign(result))),
  $eq: compared((result) => result === 0),
  $ne: compared((result) => result !== 0),
  $gt: compared((result) => result > 0),
  $gte: compared((result) => result >= 0),
  $lt: compared((result) => result < 0),
  $lte: compared((result) => result <= 0),
  $not: unary((value) => !isTruthy(value)),
  // The rest is not evaluated once the answer is known: it could fail on what the first operand excludes.
  $and: (spec, compile, name) => {
    const operands = operandsOf(spec, compile, name, 0, Infinity)
    return (scope) => operands.every((operand) => isTruthy(operand(scope)))
  },
  $or: (spec, compile, name) => {
    const operands = operandsOf(spec, compile, name, 0, Infinity)
    return (scope) => operands.some((operand) => isTruthy(operand(scope)))
  },
}
