import { isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isNullish, namedOperands, nary, unary } from './operands.ts'
import type { Operators } from './operator.ts'

export const objects: Operators = {
  $mergeObjects: nary(0, Infinity, (values) => {
    const merged: Doc = new Map()
    for (const value of values.length === 1 && Array.isArray(values[0]) ? values[0] : values) {
      if (isNullish(value)) continue
      if (!isDoc(value))
        throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`)
      for (const [name, item] of value) merged.set(name, item)
    }
    return merged
  }),
  $objectToArray: unary((value) => {
    if (isNullish(value)) return null
    if (!isDoc(value))
      throw new StoreError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`)
    return [...value].map(
      ([k, v]) =>
        new Map<string, Value>([
          ['k', k],
          ['v', v],
        ]),
    )
  }),
  $arrayToObject: unary((value) => {
    if (isNullish(value)) return null
    if (!Array.isArray(value))
      throw new StoreError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`)
    const result: Doc = new Map()
    for (const item of value) {
      const [key, content] = Array.isArray(item)
        ? item.length === 2
          ? item
          : []
        : isDoc(item) && item.size === 2
          ? [item.get('k'), item.get('v')]
          : []
      if (typeof key !== 'string' || content === undefined)
        throw new StoreError(40394, '$arrayToObject requires an array of [key, value] pairs or of objects with k and v')
      result.set(key, content)
    }
    return result
  }),
  $getField: (spec, compile, name) => {
    const named = isDoc(spec) && spec.has('field')
    const { field, input } = named ? namedOperands(spec, name, ['field'], ['input']) : { field: spec, input: undefined }
    const fieldName = compile(field)
    const source = compile(input ?? '$$CURRENT')
    return (scope) => {
      const key = fieldName(scope)
      if (typeof key !== 'string')
        throw new StoreError(3041704, `$getField requires 'field' to evaluate to type String, but got ${typeName(key)}`)
      const value = source(scope)
      return isDoc(value) ? value.get(key) : isNullish(value) && value === null ? null : undefined
    }
  },
  $setField: (spec, compile, name) => {
    const { field, input, value } = namedOperands(spec, name, ['field', 'input', 'value'])
    return setField(compile(field), compile(input), compile(value))
  },
  $unsetField: (spec, compile, name) => {
    const { field, input } = namedOperands(spec, name, ['field', 'input'])
    return setField(compile(field), compile(input), () => undefined)
  },
}

type Evaluate = ReturnType<Operators[string]>

function setField(field: Evaluate, input: Evaluate, value: Evaluate): Evaluate {
  return (scope) => {
    const source = input(scope)
    if (isNullish(source)) return null
    const name = field(scope)
    if (!isDoc(source) || typeof name !== 'string')
      throw new StoreError(4161105, '$setField requires an object input and a string field')
    const result = new Map(source)
    const content = value(scope)
    if (content === undefined) result.delete(name)
    else result.set(name, content)
    return result
  }
}
