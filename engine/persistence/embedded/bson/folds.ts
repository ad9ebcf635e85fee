import type { StringOrder } from '../query/collation.ts'
import { addNumbers } from './arithmetic.ts'
import { compareValues } from './compare.ts'
import { D34, decimalOf, isNumber, toDecimal128, toDouble, type Numeric } from './numbers.ts'
import { Decimal128, int32, UNDEFINED, type Value } from './values.ts'

/** Takes in values one by one; what does not count (a text in a sum, null in a minimum) is passed over. */
export interface Fold {
  add(value: Value | undefined): void
  result(): Value | undefined
}

/** Exact for integers and decimals; doubles are added with Kahan's compensation, as MongoDB does. */
export function sumFold(): Fold & { count: number } {
  let total: Numeric = int32(0)
  let lost = 0
  let doubles = false
  const fold = {
    count: 0,
    add(value: Value | undefined) {
      if (!isNumber(value)) return
      fold.count++
      if (typeof value === 'number' || (doubles && !(value instanceof Decimal128))) {
        doubles = true
        if (total instanceof Decimal128) total = addNumbers(total, value)!
        else {
          const before = toDouble(total)
          const adding = toDouble(value)
          const after: number = before + adding
          if (Number.isFinite(after))
            lost += Math.abs(before) >= Math.abs(adding) ? before - after + adding : adding - after + before
          total = after
        }
      } else total = addNumbers(total, value) ?? toDouble(total) + toDouble(value)
    },
    result: (): Value => (typeof total === 'number' && Number.isFinite(total) ? total + lost : total),
  }
  return fold
}

export function averageFold(): Fold {
  const sum = sumFold()
  return {
    add: (value) => sum.add(value),
    result: () => {
      if (sum.count === 0) return null
      const total = sum.result() as Numeric
      if (total instanceof Decimal128) return toDecimal128(decimalOf(total).div(new D34(sum.count)))
      return toDouble(total) / sum.count
    },
  }
}

export function extremeFold(way: 1 | -1, order: StringOrder | undefined): Fold {
  let best: Value | undefined
  return {
    add(value) {
      if (value === undefined || value === null || value === UNDEFINED) return
      if (best === undefined || compareValues(value, best, order) * way < 0) best = value
    },
    result: () => best ?? null,
  }
}

export function deviationFold(sample: boolean): Fold {
  // Welford's method: one pass, no cancellation.
  let count = 0
  let mean = 0
  let squares = 0
  return {
    add(value) {
      if (!isNumber(value)) return
      const x = toDouble(value)
      count++
      const delta = x - mean
      mean += delta / count
      squares += delta * (x - mean)
    },
    result: () => (count < (sample ? 2 : 1) ? null : Math.sqrt(squares / (sample ? count - 1 : count))),
  }
}
