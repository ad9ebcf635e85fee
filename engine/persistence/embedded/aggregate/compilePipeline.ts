import { wholeNumber } from '../bson/numbers.ts'
import { int32, integer, isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope } from '../expression/scope.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { compileAddFields, compileProjection } from '../query/projection.ts'
import { compileSort, sortItems } from '../query/sort.ts'
import { compileBucket, compileBucketAuto } from './bucket.ts'
import { compileGroup } from './group.ts'
import { compileGraphLookup, compileLookup } from './lookup.ts'
import { compileRedact } from './redact.ts'
import type { PipelineContext, Stage, StageCompiler } from './stage.ts'
import { compileUnwind } from './unwind.ts'

/** Stages that make sense only first in a command; the caller handles them. */
export const SOURCE_STAGES = new Set([
  '$documents',
  '$indexStats',
  '$collStats',
  '$listSessions',
  '$listLocalSessions',
  '$currentOp',
])

/**
 * Compiles a pipeline.
 * @throws StoreError 40324 for an unknown stage, 40573 for $changeStream, 115 for one the store does not have
 */
export function compilePipeline(stages: Value, context: PipelineContext): Stage {
  if (!Array.isArray(stages)) throw new StoreError(14, "'pipeline' option must be specified as an array")
  const compiled = stages.map((stage) => compileStage(stage, context))
  return (input) => compiled.reduce((documents, stage) => stage(documents), input)
}

function compileStage(stage: Value, context: PipelineContext): Stage {
  if (!isDoc(stage)) throw new StoreError(14, "Each element of the 'pipeline' array must be an object")
  if (stage.size !== 1)
    throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.')
  const [name, spec] = [...stage][0]!
  const compile = STAGES[name]
  if (!compile || !Object.hasOwn(STAGES, name))
    throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`)
  return compile(spec, context, compilePipeline)
}

const unsupported =
  (name: string): StageCompiler =>
  () => {
    throw notSupported(name)
  }

function needDoc(spec: Value, code: number, name: string): Doc {
  if (!isDoc(spec)) throw new StoreError(code, `the ${name} specification must be an object, found ${typeName(spec)}`)
  return spec
}

const addFields: StageCompiler = (spec, context) => {
  const apply = compileAddFields(needDoc(spec, 40272, '$addFields'), context.variables, context.order)
  return function* (input) {
    for (const document of input) yield apply(document)
  }
}

const replaceRoot =
  (read: (spec: Value) => Value): StageCompiler =>
  (spec, context) => {
    const evaluate = compileExpression(read(spec), context.variables)
    return function* (input) {
      for (const document of input) {
        const root = evaluate(newScope(document, context.variables, context.order))
        if (!isDoc(root))
          throw new StoreError(
            40228,
            `'newRoot' expression  must evaluate to an object, but resulting value was of type: ${typeName(root)}`,
          )
        yield root
      }
    }
  }

const STAGES: Record<string, StageCompiler> = {
  $match: (spec, context) => {
    const filter = compileFilter(needDoc(spec, 15959, '$match'), context)
    return function* (input) {
      for (const document of input) if (filter.matches(document)) yield document
    }
  },
  $project: (spec, context) => {
    const fields = needDoc(spec, 15969, '$project')
    if (fields.size === 0) throw new StoreError(51272, 'projection specification must have at least one field')
    const projection = compileProjection(fields, { ...context, find: false })
    return function* (input) {
      for (const document of input) yield projection.apply(document)
    }
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (spec, context) => {
    const names = Array.isArray(spec) ? spec : [spec]
    if (names.length === 0 || names.some((name) => typeof name !== 'string'))
      throw new StoreError(31002, '$unset specification must be a string or an array of strings')
    const projection = compileProjection(new Map(names.map((name) => [name as string, int32(0)])), {
      ...context,
      find: false,
    })
    return function* (input) {
      for (const document of input) yield projection.apply(document)
    }
  },
  $replaceRoot: replaceRoot((spec) => {
    const newRoot = needDoc(spec, 40229, '$replaceRoot').get('newRoot')
    if (newRoot === undefined) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage')
    return newRoot
  }),
  $replaceWith: replaceRoot((spec) => spec),
  $sort: (spec, context) => {
    const fields = compileSort(needDoc(spec, 15973, '$sort'))
    if (fields.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key')
    return (input) => sortItems(input, (document) => document, fields, context.order)
  },
  $limit: (spec) => {
    const limit = wholeNumber(spec)
    if (limit === undefined || limit < 0)
      throw new StoreError(5107201, `invalid argument to $limit stage: Expected a non-negative number`)
    if (limit === 0) throw new StoreError(15958, 'the limit must be positive')
    return function* (input) {
      let left = limit
      for (const document of input) {
        yield document
        if (--left === 0) return
      }
    }
  },
  $skip: (spec) => {
    const skip = wholeNumber(spec)
    if (skip === undefined || skip < 0)
      throw new StoreError(5107200, `invalid argument to $skip stage: Expected a non-negative number`)
    return function* (input) {
      let left = skip
      for (const document of input) if (left-- <= 0) yield document
    }
  },
  $count: (spec) => {
    if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.'))
      throw new StoreError(40156, 'the count field must be a non-empty string without $ or .')
    return function* (input) {
      let count = 0
      for (const _ of input) count++
      if (count > 0) yield new Map([[spec, integer(count)]])
    }
  },
  $sortByCount: (spec, context) => {
    const group = compileGroup(
      new Map<string, Value>([
        ['_id', spec],
        ['count', new Map([['$sum', int32(1)]])],
      ]),
      context,
    )
    const sort = compileSort(new Map([['count', int32(-1)]]))
    return (input) => sortItems(group(input), (document) => document, sort)
  },
  $unwind: compileUnwind,
  $group: compileGroup,
  $lookup: compileLookup,
  $graphLookup: compileGraphLookup,
  $bucket: compileBucket,
  $bucketAuto: compileBucketAuto,
  $redact: compileRedact,
  $facet: (spec, context, compile) => {
    const facets = [...needDoc(spec, 40169, '$facet')].map(
      ([name, stages]) => [name, compile(stages, context)] as const,
    )
    return function* (input) {
      const documents = [...input]
      yield new Map(facets.map(([name, stage]): [string, Value] => [name, [...stage(documents)]]))
    }
  },
  $unionWith: (spec, context, compile) => {
    const name = typeof spec === 'string' ? spec : isDoc(spec) ? spec.get('coll') : undefined
    const pipeline = isDoc(spec) ? spec.get('pipeline') : undefined
    if (typeof name !== 'string') throw notSupported('$unionWith without a collection')
    const stage = pipeline === undefined ? undefined : compile(pipeline, context)
    return function* (input) {
      yield* input
      const others = context.readCollection(name, new Map(), context.variables)
      yield* stage ? stage(others) : others
    }
  },
  $sample: (spec) => {
    const size = isDoc(spec) ? wholeNumber(spec.get('size')) : undefined
    if (size === undefined || size < 0)
      throw new StoreError(28747, 'size argument to $sample must be a positive integer')
    return (input) => {
      const documents = [...input]
      for (let index = documents.length - 1; index > 0; index--) {
        const other = Math.floor(Math.random() * (index + 1))
        ;[documents[index], documents[other]] = [documents[other]!, documents[index]!]
      }
      return documents.slice(0, size)
    }
  },
  $changeStream: () => {
    throw new StoreError(
      40573,
      'The $changeStream stage is only supported on replica sets; the embedded store has none',
    )
  },
  $geoNear: unsupported('$geoNear'),
  $search: unsupported('$search'),
  $vectorSearch: unsupported('$vectorSearch'),
  $planCacheStats: unsupported('$planCacheStats'),
  $setWindowFields: unsupported('$setWindowFields'),
  $densify: unsupported('$densify'),
  $fill: unsupported('$fill'),
}
