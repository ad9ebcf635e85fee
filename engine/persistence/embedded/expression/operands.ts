import { isNumber, wholeNumber } from '../bson/numbers.ts'
import { isDoc, typeName, UNDEFINED, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Compile, Evaluate, Operator } from './operator.ts'
import type { Scope } from './scope.ts'

export const isNullish = (value: Value | undefined): value is null | undefined =>
  value === undefined || value === null || value === UNDEFINED

/** An operator of `min` to `max` operands, all evaluated before `apply` sees them. */
export function nary(
  min: number,
  max: number,
  apply: (values: (Value | undefined)[], scope: Scope) => Value | undefined,
): Operator {
  return (spec, compile, name) => {
    const operands = operandsOf(spec, compile, name, min, max)
    if (operands.length === 1) {
      const only = operands[0]!
      return (scope) => apply([only(scope)], scope)
    }
    return (scope) =>
      apply(
        operands.map((operand) => operand(scope)),
        scope,
      )
  }
}

export const unary = (apply: (value: Value | undefined, scope: Scope) => Value | undefined): Operator =>
  nary(1, 1, (values, scope) => apply(values[0], scope))

/** @throws StoreError 16020 for a wrong number of operands */
export function operandsOf(spec: Value, compile: Compile, name: string, min: number, max: number): Evaluate[] {
  const list = Array.isArray(spec) ? spec : [spec]
  if (list.length < min || list.length > max) {
    if (min === max)
      throw new StoreError(16020, `Expression ${name} takes exactly ${min} arguments. ${list.length} were passed in.`)
    if (max === Infinity)
      throw new StoreError(16020, `Expression ${name} takes at least ${min} arguments. ${list.length} were passed in.`)
    throw new StoreError(
      28667,
      `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${list.length} were passed in.`,
    )
  }
  return list.map((item) => compile(item))
}

/** Operators whose operand is a document of named arguments: unknown names are refused, missing ones too. */
export function namedOperands<Required extends string, Optional extends string = never>(
  spec: Value,
  name: string,
  required: readonly Required[],
  optional: readonly Optional[] = [],
): Record<Required, Value> & Partial<Record<Optional, Value>> {
  if (!isDoc(spec)) throw new StoreError(9, `${name} only supports an object as its argument`)
  const known = new Set<string>([...required, ...optional])
  const result: Record<string, Value> = {}
  for (const [key, value] of spec) {
    if (!known.has(key)) throw new StoreError(9, `Unrecognized argument to ${name}: ${key}`)
    result[key] = value
  }
  for (const key of required) if (!(key in result)) throw new StoreError(9, `Missing '${key}' parameter to ${name}`)
  return result as Record<Required, Value> & Partial<Record<Optional, Value>>
}

export function needArray(value: Value | undefined, name: string, what = 'argument'): Value[] {
  if (!Array.isArray(value))
    throw new StoreError(28689, `The ${what} to ${name} must be an array, but was of type: ${typeName(value)}`)
  return value
}

export function needString(value: Value | undefined, name: string): string {
  if (typeof value !== 'string')
    throw new StoreError(34471, `${name} requires a string argument, found: ${typeName(value)}`)
  return value
}

export function needWhole(value: Value | undefined, name: string): number {
  const whole = isNumber(value) ? wholeNumber(value) : undefined
  if (whole === undefined) throw new StoreError(34473, `${name} requires an integral value, found: ${typeName(value)}`)
  return whole
}
