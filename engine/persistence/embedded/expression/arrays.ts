import { compareValues, equalValues } from '../bson/compare.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, int32, isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileSort, sortItems } from '../query/sort.ts'
import { checkVariable } from './control.ts'
import { isTruthy } from './isTruthy.ts'
import { isNullish, namedOperands, nary, needArray, needWhole, unary } from './operands.ts'
import type { Operators } from './operator.ts'
import { bind } from './scope.ts'

function elementAt(list: Value | undefined, at: Value | undefined): Value | undefined {
  if (isNullish(list) || isNullish(at)) return null
  const items = needArray(list, '$arrayElemAt', 'first argument')
  const index = needWhole(at, '$arrayElemAt')
  return items[index < 0 ? items.length + index : index]
}

function slice(values: (Value | undefined)[]): Value {
  const [list, first, second] = values
  if (values.some(isNullish)) return null
  const items = needArray(list, '$slice', 'first argument')
  const a = needWhole(first, '$slice')
  if (values.length === 2) return a < 0 ? items.slice(a) : items.slice(0, a)
  const count = needWhole(second, '$slice')
  if (count <= 0) throw new StoreError(28729, `Third argument to $slice must be positive: ${count}`)
  const from = a < 0 ? Math.max(0, items.length + a) : a
  return items.slice(from, from + count)
}

export const arrays: Operators = {
  $arrayElemAt: nary(2, 2, ([list, at]) => elementAt(list, at)),
  $first: unary((list) => elementAt(list, int32(0))),
  $last: unary((list) => elementAt(list, int32(-1))),
  $slice: nary(2, 3, slice),
  $isArray: unary((value) => Array.isArray(value)),
  $size: unary((value) => {
    if (!Array.isArray(value))
      throw new StoreError(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`)
    return int32(value.length)
  }),
  $in: nary(2, 2, ([value, list], scope) => {
    if (!Array.isArray(list))
      throw new StoreError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`)
    return value !== undefined && list.some((item) => equalValues(item, value, scope.order))
  }),
  $indexOfArray: nary(2, 4, ([list, value, start, end], scope) => {
    if (isNullish(list)) return null
    const items = needArray(list, '$indexOfArray', 'first argument')
    const from = start === undefined ? 0 : needWhole(start, '$indexOfArray')
    const to = end === undefined ? items.length : Math.min(items.length, needWhole(end, '$indexOfArray'))
    if (from < 0 || to < 0) throw new StoreError(40097, '$indexOfArray requires a nonnegative index')
    for (let index = from; index < to; index++)
      if (value !== undefined && equalValues(items[index]!, value, scope.order)) return int32(index)
    return int32(-1)
  }),
  $concatArrays: nary(0, Infinity, (values) => {
    if (values.some(isNullish)) return null
    return values.flatMap((value) => {
      if (!Array.isArray(value))
        throw new StoreError(28664, `$concatArrays only supports arrays, not ${typeName(value)}`)
      return value
    })
  }),
  $reverseArray: unary((value) => {
    if (isNullish(value)) return null
    if (!Array.isArray(value))
      throw new StoreError(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(value)}`)
    return [...value].reverse()
  }),
  $range: nary(2, 3, ([startValue, endValue, stepValue]) => {
    const start = needWhole(startValue, '$range')
    const end = needWhole(endValue, '$range')
    const step = stepValue === undefined ? 1 : needWhole(stepValue, '$range')
    if (step === 0) throw new StoreError(34449, '$range requires a non-zero step value')
    if (Math.abs((end - start) / step) > 10_000_000) throw new StoreError(146, '$range would use too much memory')
    const items: Value[] = []
    for (let value = start; step > 0 ? value < end : value > end; value += step) items.push(int32(value))
    return items
  }),
  $filter: (spec, compile, name) => {
    const { input, cond, as, limit } = namedOperands(spec, name, ['input', 'cond'], ['as', 'limit'])
    const variable = as === undefined ? 'this' : checkVariable(as as string)
    const list = compile(input)
    const condition = compile(cond, [variable])
    const most = limit === undefined ? undefined : compile(limit)
    return (scope) => {
      const items = list(scope)
      if (isNullish(items)) return null
      const wanted = most?.(scope)
      const room = isNullish(wanted) ? Infinity : needWhole(wanted, '$filter')
      if (room <= 0) throw new StoreError(327392, "$filter: 'limit' must be greater than 0")
      const kept: Value[] = []
      for (const item of needArray(items, '$filter', 'input')) {
        if (isTruthy(condition(bind(scope, [[variable, item]])))) kept.push(item)
        if (kept.length >= room) break
      }
      return kept
    }
  },
  $map: (spec, compile, name) => {
    const { input, as, in: body } = namedOperands(spec, name, ['input', 'in'], ['as'])
    const variable = as === undefined ? 'this' : checkVariable(as as string)
    const list = compile(input)
    const evaluate = compile(body, [variable])
    return (scope) => {
      const items = list(scope)
      if (isNullish(items)) return null
      return needArray(items, '$map', 'input').map((item) => evaluate(bind(scope, [[variable, item]])) ?? null)
    }
  },
  $reduce: (spec, compile, name) => {
    const { input, initialValue, in: body } = namedOperands(spec, name, ['input', 'initialValue', 'in'])
    const list = compile(input)
    const start = compile(initialValue)
    const evaluate = compile(body, ['this', 'value'])
    return (scope) => {
      const items = list(scope)
      if (isNullish(items)) return null
      let value = start(scope)
      for (const item of needArray(items, '$reduce', 'input'))
        value = evaluate(
          bind(scope, [
            ['this', item],
            ['value', value],
          ]),
        )
      return value
    }
  },
  $zip: (spec, compile, name) => {
    const { inputs, useLongestLength, defaults } = namedOperands(
      spec,
      name,
      ['inputs'],
      ['useLongestLength', 'defaults'],
    )
    const lists = compile(inputs)
    const fill = defaults === undefined ? undefined : compile(defaults)
    const longest = useLongestLength === true
    return (scope) => {
      const given = lists(scope)
      if (!Array.isArray(given)) throw new StoreError(34461, 'inputs must be an array of expressions')
      if (given.some(isNullish)) return null
      const all = given.map((list) => needArray(list, '$zip', 'input'))
      const missing = fill?.(scope)
      const lengths = all.map((list) => list.length)
      const length = longest ? Math.max(...lengths) : Math.min(...lengths)
      return Array.from({ length }, (_, index) =>
        all.map((list, at) => list[index] ?? (Array.isArray(missing) ? (missing[at] ?? null) : null)),
      )
    }
  },
  $sortArray: (spec, compile, name) => {
    const { input, sortBy } = namedOperands(spec, name, ['input', 'sortBy'])
    const list = compile(input)
    const fields = isDoc(sortBy) ? compileSort(sortBy) : undefined
    const way = fields ? 1 : wholeNumber(sortBy)
    if (way !== 1 && way !== -1) throw new StoreError(2942507, '$sortArray sortBy must be 1, -1 or a document')
    return (scope) => {
      const items = list(scope)
      if (isNullish(items)) return null
      const values = needArray(items, '$sortArray', 'input')
      if (!fields) return [...values].sort((a, b) => way * compareValues(a, b, scope.order))
      return sortItems(values, (item): Doc => (isDoc(item) ? item : emptyDoc()), fields, scope.order)
    }
  },
  $firstN: pick('$firstN', (items, n) => items.slice(0, n)),
  $lastN: pick('$lastN', (items, n) => items.slice(-n)),
  $minN: pick('$minN', (items, n) =>
    items
      .filter((item) => !isNullish(item))
      .sort((a, b) => compareValues(a, b))
      .slice(0, n),
  ),
  $maxN: pick('$maxN', (items, n) =>
    items
      .filter((item) => !isNullish(item))
      .sort((a, b) => compareValues(b, a))
      .slice(0, n),
  ),
}

function pick(operator: string, choose: (items: Value[], n: number) => Value[]): Operators[string] {
  return (spec, compile) => {
    const { input, n } = namedOperands(spec, operator, ['input', 'n'])
    const list = compile(input)
    const count = compile(n)
    return (scope) => {
      const limit = needWhole(count(scope), operator)
      if (limit <= 0) throw new StoreError(5787908, `'n' must be greater than 0, found ${limit} for ${operator}`)
      return choose([...needArray(list(scope), operator, 'input')], limit)
    }
  }
}
