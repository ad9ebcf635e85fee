import { addNumbers } from '../bson/arithmetic.ts'
import { compareValues } from '../bson/compare.ts'
import { averageFold, deviationFold, extremeFold, sumFold, type Fold } from '../bson/folds.ts'
import { isNumber, toDouble, wholeNumber, type Numeric } from '../bson/numbers.ts'
import { int32, isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { isNullish, namedOperands } from '../expression/operands.ts'
import type { Evaluate } from '../expression/operator.ts'
import { newScope, type Scope, type Variables } from '../expression/scope.ts'
import type { StringOrder } from '../query/collation.ts'
import { compareSortValues, compileSort, sortValues } from '../query/sort.ts'
import { encodeKey } from '../storage/keyEncoding.ts'

/** Takes in values of a group one by one. */
export interface Accumulator {
  add(scope: Scope): void
  result(): Value | undefined
}

/** Makes a fresh accumulator for each group. */
export type AccumulatorFactory = () => Accumulator

/**
 * Compiles `{$sum: …}` and the like.
 * @throws StoreError 15952 for an unknown accumulator
 */
export function compileAccumulator(
  spec: Doc,
  variables: Variables,
  order: StringOrder | undefined,
): AccumulatorFactory {
  const [name, operand] = [...spec][0]!
  const simple = SIMPLE[name]
  if (simple && Object.hasOwn(SIMPLE, name)) {
    const evaluate = compileExpression(operand, variables)
    return () => {
      const fold = simple(order)
      return { add: (scope) => fold.add(evaluate(scope)), result: () => fold.result() }
    }
  }
  switch (name) {
    case '$count':
      if (!isDoc(operand) || operand.size > 0) throw new StoreError(9, '$count takes no arguments, i.e. $count:{}')
      return () => {
        let count: Numeric = int32(0)
        return { add: () => void (count = addNumbers(count, int32(1))!), result: () => count }
      }
    case '$firstN':
    case '$lastN':
    case '$minN':
    case '$maxN':
      return severalOf(name, operand, variables, order)
    case '$top':
    case '$topN':
    case '$bottom':
    case '$bottomN':
      return extremes(name, operand, variables, order)
    case '$median':
    case '$percentile':
      return percentile(name, operand, variables)
    case '$accumulator':
      throw notSupported('$accumulator')
    default:
      throw new StoreError(15952, `unknown group operator '${name}'`)
  }
}

const SIMPLE: Record<string, (order: StringOrder | undefined) => Fold> = {
  $sum: sumFold,
  $avg: averageFold,
  $min: (order) => extremeFold(1, order),
  $max: (order) => extremeFold(-1, order),
  $stdDevPop: () => deviationFold(false),
  $stdDevSamp: () => deviationFold(true),
  $first: () => {
    let seen = false
    let first: Value | undefined
    return {
      add(value) {
        if (!seen) first = value
        seen = true
      },
      result: () => first ?? null,
    }
  },
  $last: () => {
    let last: Value | undefined
    return { add: (value) => void (last = value), result: () => last ?? null }
  },
  $push: () => {
    const items: Value[] = []
    return {
      add: (value) => {
        if (value !== undefined) items.push(value)
      },
      result: () => items,
    }
  },
  $addToSet: (order) => {
    const items = new Map<string, Value>()
    return {
      add(value) {
        if (value === undefined) return
        const key = encodeKey(value, order)
        if (!items.has(key)) items.set(key, value)
      },
      result: () => [...items.values()],
    }
  },
  $mergeObjects: () => {
    const merged: Doc = new Map()
    return {
      add(value) {
        if (isNullish(value)) return
        if (!isDoc(value))
          throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`)
        for (const [name, item] of value) merged.set(name, item)
      },
      result: () => merged,
    }
  },
}

function positiveCount(evaluate: Evaluate, name: string, variables: Variables): number {
  const n = evaluate(newScope(new Map(), variables))
  const whole = n === undefined ? undefined : wholeNumber(n)
  if (whole === undefined || whole <= 0)
    throw new StoreError(5787908, `'n' must be greater than 0, found ${String(whole)} for ${name}`)
  return whole
}

function severalOf(
  name: string,
  spec: Value,
  variables: Variables,
  order: StringOrder | undefined,
): AccumulatorFactory {
  const { input, n } = namedOperands(spec, name, ['input', 'n'])
  const evaluate = compileExpression(input, variables)
  const count = compileExpression(n, variables)
  return () => {
    const limit = positiveCount(count, name, variables)
    const items: Value[] = []
    return {
      add(scope) {
        const value = evaluate(scope)
        if (name === '$firstN') {
          if (items.length < limit) items.push(value ?? null)
        } else if (name === '$lastN') {
          items.push(value ?? null)
          if (items.length > limit) items.shift()
        } else if (!isNullish(value)) items.push(value)
      },
      result: () => {
        if (name === '$firstN' || name === '$lastN') return items
        const way = name === '$minN' ? 1 : -1
        return items.sort((a, b) => way * compareValues(a, b, order)).slice(0, limit)
      },
    }
  }
}

function extremes(name: string, spec: Value, variables: Variables, order: StringOrder | undefined): AccumulatorFactory {
  const several = name.endsWith('N')
  const { output, sortBy, n } = namedOperands(spec, name, ['output', 'sortBy'], several ? ['n'] : [])
  if (!isDoc(sortBy)) throw new StoreError(9, `expected 'sortBy' to be an object in ${name}`)
  if (several && n === undefined) throw new StoreError(5788002, `Missing value for 'n' in ${name}`)
  const fields = compileSort(sortBy)
  const evaluate = compileExpression(output, variables)
  const count = compileExpression(n ?? int32(1), variables)
  return () => {
    const limit = several ? positiveCount(count, name, variables) : 1
    const rows: { values: Value[]; output: Value }[] = []
    return {
      add: (scope) =>
        void rows.push({ values: sortValues(scope.root, fields, order), output: evaluate(scope) ?? null }),
      result: () => {
        rows.sort((a, b) => compareSortValues(a.values, b.values, fields, order))
        const chosen = (name.startsWith('$top') ? rows.slice(0, limit) : rows.slice(-limit)).map((row) => row.output)
        return several ? chosen : (chosen[0] ?? null)
      },
    }
  }
}

function percentile(name: string, spec: Value, variables: Variables): AccumulatorFactory {
  const { input, method, p } = namedOperands(spec, name, ['input', 'method'], name === '$median' ? [] : ['p'])
  if (method !== 'approximate')
    throw new StoreError(2, "Currently only 'approximate' can be used as percentile 'method'.")
  const evaluate = compileExpression(input, variables)
  const wanted =
    name === '$median' ? [0.5] : percentiles(compileExpression(p ?? null, variables)(newScope(new Map(), variables)))
  return () => {
    const values: number[] = []
    return {
      add(scope) {
        const value = evaluate(scope)
        if (isNumber(value)) values.push(toDouble(value))
      },
      result: () => {
        values.sort((a, b) => a - b)
        const found = wanted.map((at) =>
          values.length === 0 ? null : values[Math.max(0, Math.ceil(at * values.length) - 1)]!,
        )
        return name === '$median' ? found[0]! : found
      },
    }
  }
}

function percentiles(value: Value | undefined): number[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new StoreError(7750300, "'p' must be an array of numbers in [0.0, 1.0]")
  return value.map((item) => {
    const at = isNumber(item) ? toDouble(item) : NaN
    if (!(at >= 0 && at <= 1)) throw new StoreError(7750303, "'p' must be an array of numbers in [0.0, 1.0]")
    return at
  })
}
