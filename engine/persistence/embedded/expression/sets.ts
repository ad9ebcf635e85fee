import { encodeKey } from '../storage/keyEncoding.ts'
import { typeName, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isTruthy } from './isTruthy.ts'
import { isNullish, nary, unary } from './operands.ts'
import type { Operators } from './operator.ts'
import type { Scope } from './scope.ts'

const keyed = (values: Value[], scope: Scope): Map<string, Value> => {
  const byKey = new Map<string, Value>()
  for (const value of values) {
    const key = encodeKey(value, scope.order)
    if (!byKey.has(key)) byKey.set(key, value)
  }
  return byKey
}

const inOrder = (set: Map<string, Value>): Value[] => [...set.keys()].sort().map((key) => set.get(key)!)

function lists(name: string, values: (Value | undefined)[]): Value[][] | null {
  if (values.some(isNullish)) return null
  return values.map((value) => {
    if (!Array.isArray(value))
      throw new StoreError(17043, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`)
    return value
  })
}

function requireLists(name: string, values: (Value | undefined)[]): Value[][] {
  const found = lists(name, values)
  if (!found) throw new StoreError(17044, `All operands of ${name} must be arrays.`)
  return found
}

export const sets: Operators = {
  $setUnion: nary(0, Infinity, (values, scope) => {
    const all = lists('$setUnion', values)
    return all && inOrder(keyed(all.flat(), scope))
  }),
  $setIntersection: nary(0, Infinity, (values, scope) => {
    const all = lists('$setIntersection', values)
    if (!all) return null
    const [first = new Map<string, Value>(), ...others] = all.map((list) => keyed(list, scope))
    for (const key of [...first.keys()]) if (!others.every((other) => other.has(key))) first.delete(key)
    return inOrder(first)
  }),
  $setDifference: nary(2, 2, (values, scope) => {
    const all = lists('$setDifference', values)
    if (!all) return null
    const without = keyed(all[1]!, scope)
    return [...keyed(all[0]!, scope)].filter(([key]) => !without.has(key)).map(([, value]) => value)
  }),
  $setIsSubset: nary(2, 2, (values, scope) => {
    const [part, whole] = requireLists('$setIsSubset', values).map((list) => keyed(list, scope)) as [
      Map<string, Value>,
      Map<string, Value>,
    ]
    return [...part.keys()].every((key) => whole.has(key))
  }),
  $setEquals: nary(2, Infinity, (values, scope) => {
    const [first, ...others] = requireLists('$setEquals', values).map((list) =>
      inOrder(keyed(list, scope))
        .map((value) => encodeKey(value, scope.order))
        .join('|'),
    )
    return others.every((other) => other === first)
  }),
  $allElementsTrue: unary((value) => {
    if (!Array.isArray(value))
      throw new StoreError(17040, `$allElementsTrue's argument must be an array, but is ${typeName(value)}`)
    return value.every(isTruthy)
  }),
  $anyElementTrue: unary((value) => {
    if (!Array.isArray(value))
      throw new StoreError(17041, `$anyElementTrue's argument must be an array, but is ${typeName(value)}`)
    return value.some(isTruthy)
  }),
}
