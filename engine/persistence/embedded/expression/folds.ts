import { averageFold, deviationFold, extremeFold, sumFold, type Fold } from '../bson/folds.ts'
import type { Value } from '../bson/values.ts'
import type { StringOrder } from '../query/collation.ts'
import { nary } from './operands.ts'
import type { Operator, Operators } from './operator.ts'

/** Outside `$group` these work on a list of operands, or on the elements of the one operand that is an array. */
const over = (make: (order: StringOrder | undefined) => Fold): Operator =>
  nary(0, Infinity, (values, scope) => {
    const fold = make(scope.order)
    const items: readonly (Value | undefined)[] = values.length === 1 && Array.isArray(values[0]) ? values[0] : values
    for (const item of items) fold.add(item)
    return fold.result()
  })

export const folds: Operators = {
  $sum: over(sumFold),
  $avg: over(averageFold),
  $min: over((order) => extremeFold(1, order)),
  $max: over((order) => extremeFold(-1, order)),
  $stdDevPop: over(() => deviationFold(false)),
  $stdDevSamp: over(() => deviationFold(true)),
}
