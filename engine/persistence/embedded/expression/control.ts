import { isDoc } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { isTruthy } from './isTruthy.ts'
import { isNullish, namedOperands, operandsOf } from './operands.ts'
import type { Operator, Operators } from './operator.ts'
import { bind } from './scope.ts'

const refused: Operator = (_spec, _compile, name) => {
  throw notSupported(name)
}

export const control: Operators = {
  $cond: (spec, compile, name) => {
    const [condition, then, otherwise] = Array.isArray(spec)
      ? operandsOf(spec, compile, name, 3, 3)
      : (['if', 'then', 'else'] as const).map((part) =>
          compile(namedOperands(spec, name, ['if', 'then', 'else'])[part]),
        )
    return (scope) => (isTruthy(condition!(scope)) ? then!(scope) : otherwise!(scope))
  },
  $ifNull: (spec, compile, name) => {
    const operands = operandsOf(spec, compile, name, 2, Infinity)
    return (scope) => {
      for (const operand of operands.slice(0, -1)) {
        const value = operand(scope)
        if (!isNullish(value)) return value
      }
      return operands[operands.length - 1]!(scope)
    }
  },
  $switch: (spec, compile, name) => {
    const { branches, default: fallback } = namedOperands(spec, name, ['branches'], ['default'])
    if (!Array.isArray(branches)) throw new StoreError(40061, `$switch expected an array for 'branches'`)
    if (branches.length === 0) throw new StoreError(40068, '$switch requires at least one branch.')
    const cases = branches.map((branch) => {
      const { case: condition, then } = namedOperands(branch, name, ['case', 'then'])
      return [compile(condition), compile(then)] as const
    })
    const otherwise = fallback === undefined ? undefined : compile(fallback)
    return (scope) => {
      for (const [condition, then] of cases) if (isTruthy(condition(scope))) return then(scope)
      if (!otherwise)
        throw new StoreError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        )
      return otherwise(scope)
    }
  },
  $let: (spec, compile, name) => {
    const { vars, in: body } = namedOperands(spec, name, ['vars', 'in'])
    if (!isDoc(vars)) throw new StoreError(16874, 'invalid parameter: expected an object (vars)')
    const bindings = [...vars].map(([key, value]) => [key, compile(value)] as const)
    const evaluate = compile(
      body,
      bindings.map(([key]) => checkVariable(key)),
    )
    return (scope) =>
      evaluate(
        bind(
          scope,
          bindings.map(([key, value]) => [key, value(scope)]),
        ),
      )
  },
  $literal: (spec) => () => spec,
  $const: (spec) => () => spec,
  $expr: (spec, compile) => compile(spec),
  $function: refused,
  $accumulator: refused,
  $meta: refused,
}

/** @throws StoreError 16867 for a name a user may not bind */
export function checkVariable(name: string): string {
  if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name) && name !== 'CURRENT')
    throw new StoreError(16867, `'${name}' starts with an invalid character for a user variable name`)
  return name
}
