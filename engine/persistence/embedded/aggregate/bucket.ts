import { compareValues, typeOrder } from '../bson/compare.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope } from '../expression/scope.ts'
import { compileAccumulator, type AccumulatorFactory } from './accumulators.ts'
import type { PipelineContext, Stage } from './stage.ts'

const COUNT: Doc = new Map([['count', new Map([['$sum', int32(1)]])]])

function outputs(spec: Doc, context: PipelineContext): (readonly [string, AccumulatorFactory])[] {
  const output = spec.get('output') ?? COUNT
  if (!isDoc(output)) throw new StoreError(40196, "The $bucket 'output' field must be an object")
  return [...output].map(([name, accumulator]) => {
    if (!isDoc(accumulator)) throw new StoreError(40234, `The field '${name}' must be an accumulator object`)
    return [name, compileAccumulator(accumulator, context.variables, context.order)] as const
  })
}

function summarise(
  id: Value,
  documents: Doc[],
  fields: (readonly [string, AccumulatorFactory])[],
  context: PipelineContext,
): Doc {
  const result: Doc = new Map([['_id', id]])
  for (const [name, make] of fields) {
    const accumulator = make()
    for (const document of documents) accumulator.add(newScope(document, context.variables, context.order))
    const value = accumulator.result()
    if (value !== undefined) result.set(name, value)
  }
  return result
}

/** `$bucket`: groups by ranges given by their lower bounds. */
export function compileBucket(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new StoreError(40201, 'Argument to $bucket stage must be an object')
  for (const name of spec.keys())
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(name))
      throw new StoreError(40197, `Unrecognized option to $bucket: ${name}.`)
  const groupBy = compileExpression(spec.get('groupBy') ?? null, context.variables)
  const boundaries = spec.get('boundaries')
  if (!Array.isArray(boundaries) || boundaries.length < 2)
    throw new StoreError(40192, "The $bucket 'boundaries' field must have at least 2 values")
  boundaries.forEach((bound, index) => {
    if (index === 0) return
    const before = boundaries[index - 1]!
    if (typeOrder(before) !== typeOrder(bound))
      throw new StoreError(40193, "All values in the 'boundaries' option to $bucket must have the same type")
    if (compareValues(before, bound, context.order) >= 0)
      throw new StoreError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order")
  })
  const fallback = spec.get('default')
  const fields = outputs(spec, context)
  return function* (input) {
    const buckets = new Map<number, Doc[]>()
    for (const document of input) {
      const value = groupBy(newScope(document, context.variables, context.order)) ?? null
      let at = boundaries.length - 1
      while (at >= 0 && compareValues(value, boundaries[at]!, context.order) < 0) at--
      if (at === boundaries.length - 1) at = -1
      if (at === -1 && fallback === undefined)
        throw new StoreError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        )
      const bucket = buckets.get(at)
      if (bucket) bucket.push(document)
      else buckets.set(at, [document])
    }
    for (let at = 0; at < boundaries.length - 1; at++) {
      const bucket = buckets.get(at)
      if (bucket) yield summarise(boundaries[at]!, bucket, fields, context)
    }
    const rest = buckets.get(-1)
    if (rest) yield summarise(fallback!, rest, fields, context)
  }
}

/** `$bucketAuto`: so many groups of about equal size. */
export function compileBucketAuto(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new StoreError(40240, 'The argument to $bucketAuto must be an object')
  if (spec.has('granularity')) throw notSupported('$bucketAuto granularity')
  const count = wholeNumber(spec.get('buckets'))
  if (count === undefined || count < 1)
    throw new StoreError(40243, "The $bucketAuto 'buckets' field must be greater than 0")
  const groupBy = compileExpression(spec.get('groupBy') ?? null, context.variables)
  const fields = outputs(spec, context)
  return function* (input) {
    const rows = [...input].map((document) => ({
      document,
      value: groupBy(newScope(document, context.variables, context.order)) ?? null,
    }))
    rows.sort((a, b) => compareValues(a.value, b.value, context.order))
    const size = Math.max(1, Math.round(rows.length / count))
    for (let start = 0, made = 1; start < rows.length; made++) {
      let end = made === count ? rows.length : Math.min(start + size, rows.length)
      // Equal values stay together.
      while (end < rows.length && compareValues(rows[end]!.value, rows[end - 1]!.value, context.order) === 0) end++
      const max = (rows[end] ?? rows[rows.length - 1]!).value
      yield summarise(
        doc({ min: rows[start]!.value, max }),
        rows.slice(start, end).map((row) => row.document),
        fields,
        context,
      )
      start = end
    }
  }
}
