import { emptyDoc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { followPath } from '../expression/fieldPath.ts'
import { newScope } from '../expression/scope.ts'
import { encodeKey } from '../storage/keyEncoding.ts'
import { setAt } from '../update/path.ts'
import { copyValue } from '../update/copyValue.ts'
import type { CompilePipeline, PipelineContext, Stage } from './stage.ts'

/** `$lookup` by equality, by pipeline, or both. */
export function compileLookup(spec: Value, context: PipelineContext, compile: CompilePipeline): Stage {
  if (!isDoc(spec)) throw new StoreError(9, 'the $lookup specification must be an object')
  for (const name of spec.keys())
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(name))
      throw new StoreError(9, `unknown argument to $lookup: ${name}`)
  const from = spec.get('from')
  const as = text(spec, 'as')
  if (isDoc(from)) throw notSupported('$lookup from another database')
  const localField = spec.get('localField')
  const foreignField = spec.get('foreignField')
  const pipeline = spec.get('pipeline')
  if ((localField === undefined) !== (foreignField === undefined))
    throw new StoreError(9, '$lookup requires both or neither of localField and foreignField')
  if (localField === undefined && pipeline === undefined)
    throw new StoreError(9, '$lookup requires localField and foreignField, or a pipeline')
  const name = typeof from === 'string' ? from : undefined
  if (name === undefined && !startsWithDocuments(pipeline))
    throw new StoreError(9, "missing 'from' option to $lookup stage specification")
  const letSpec = spec.get('let')
  const bindings = isDoc(letSpec)
    ? [...letSpec].map(([key, value]) => [key, compileExpression(value, context.variables)] as const)
    : []
  const localParts = typeof localField === 'string' ? localField.split('.') : undefined
  // Compiled once to report errors even when no document comes.
  const inner = (variables: PipelineContext['variables']): Stage | undefined =>
    pipeline === undefined ? undefined : compile(pipeline, { ...context, variables })
  inner(new Map([...context.variables, ...bindings.map(([key]) => [key, null] as const)]))
  const fixed = bindings.length === 0 ? inner(context.variables) : undefined
  return function* (input) {
    for (const document of input) {
      const scope = newScope(document, context.variables, context.order)
      const variables =
        bindings.length === 0
          ? context.variables
          : new Map([...context.variables, ...bindings.map(([key, evaluate]) => [key, evaluate(scope)] as const)])
      const filter: Doc = localParts
        ? equalityFilter(foreignField as string, followPath(document, localParts))
        : emptyDoc()
      const found = name === undefined ? [] : context.readCollection(name, filter, variables)
      const stage = fixed ?? inner(variables)
      const result = copyValue(document) as Doc
      setAt(result, as.split('.'), [...(stage ? stage(found) : found)])
      yield result
    }
  }
}

const startsWithDocuments = (pipeline: Value | undefined): boolean =>
  Array.isArray(pipeline) && isDoc(pipeline[0]) && pipeline[0].has('$documents')

export function text(spec: Doc, name: string): string {
  const value = spec.get(name)
  if (typeof value !== 'string') throw new StoreError(9, `'${name}' must be a string`)
  return value
}

/** A local array matches by any of its elements; a missing local field matches null and missing. */
function equalityFilter(field: string, value: Value | undefined): Doc {
  const condition: Value = Array.isArray(value) ? value : [value ?? null]
  return new Map([[field, new Map([['$in', condition]])]])
}

/** `$graphLookup`: follows a relation as far as it goes. */
export function compileGraphLookup(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new StoreError(40327, 'the $graphLookup stage specification must be an object')
  const from = text(spec, 'from')
  const as = text(spec, 'as')
  const connectFrom = text(spec, 'connectFromField').split('.')
  const connectTo = text(spec, 'connectToField')
  const start = compileExpression(spec.get('startWith') ?? null, context.variables)
  const maxDepth = spec.has('maxDepth')
    ? Number((spec.get('maxDepth') as { value?: number }).value ?? spec.get('maxDepth'))
    : Infinity
  const depthField = spec.get('depthField')
  const restrict = spec.get('restrictSearchWithMatch')
  return function* (input) {
    for (const document of input) {
      const found = new Map<string, Doc>()
      let frontier: Value | undefined = start(newScope(document, context.variables, context.order))
      for (let depth = 0; depth <= maxDepth && frontier !== undefined; depth++) {
        const filter = equalityFilter(connectTo, frontier)
        const both: Doc = isDoc(restrict) ? new Map([['$and', [filter, restrict]]]) : filter
        const next: Value[] = []
        for (const match of context.readCollection(from, both, context.variables)) {
          const key = encodeKey(match.get('_id') ?? null)
          if (found.has(key)) continue
          const item: Doc = new Map(match)
          if (typeof depthField === 'string') setAt(item, depthField.split('.'), BigInt(depth))
          found.set(key, item)
          const value = followPath(match, connectFrom)
          if (Array.isArray(value)) next.push(...value)
          else if (value !== undefined) next.push(value)
        }
        frontier = next.length > 0 ? next : undefined
      }
      const result = copyValue(document) as Doc
      setAt(result, as.split('.'), [...found.values()])
      yield result
    }
  }
}
