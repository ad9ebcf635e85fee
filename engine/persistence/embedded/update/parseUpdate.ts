import { isDoc, typeName, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compilePipeline } from '../aggregate/compilePipeline.ts'
import type { Variables } from '../expression/scope.ts'
import { compileOperatorUpdate, type Update } from './compileUpdate.ts'
import { copyValue } from './copyValue.ts'
import type { UpdateContext } from './operators.ts'

const UPDATE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'])

/**
 * An update in any of its three forms: operators, a replacement, or a pipeline.
 * @throws StoreError 9 for a mix of operators and fields, 72 for a stage an update may not use
 */
export function parseUpdate(
  spec: Value,
  arrayFilters: Value[],
  context: UpdateContext & { variables: Variables },
): Update {
  if (Array.isArray(spec)) {
    if (arrayFilters.length > 0) throw new StoreError(9, 'arrayFilters may not be specified for pipeline-syle updates')
    for (const stage of spec) {
      const name = isDoc(stage) ? stage.keys().next().value : undefined
      if (name === undefined || !UPDATE_STAGES.has(name))
        throw new StoreError(72, `${name} is not allowed to be used within an update`)
    }
    const stage = compilePipeline(spec, {
      database: '',
      order: context.order,
      variables: context.variables,
      readCollection: () => [],
    })
    return {
      positional: false,
      replacement: false,
      apply: (document) => [...stage([document])][0]!,
    }
  }
  if (!isDoc(spec))
    throw new StoreError(9, `Update argument must be either an object or an array, found ${typeName(spec)}`)
  const first = spec.keys().next().value
  if (first !== undefined && first.startsWith('$')) return compileOperatorUpdate(spec, arrayFilters, context)
  if (arrayFilters.length > 0)
    throw new StoreError(9, 'arrayFilters may not be specified for replacement-style updates')
  for (const name of spec.keys())
    if (name.startsWith('$'))
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      )
  return {
    positional: false,
    replacement: true,
    apply: (document) => {
      // The _id stays what and where it is.
      const result = new Map<string, Value>()
      const id = document.get('_id')
      if (id !== undefined) result.set('_id', id)
      for (const [name, value] of spec) if (name !== '_id' || id === undefined) result.set(name, copyValue(value))
      if (id !== undefined && spec.has('_id')) result.set('_id', spec.get('_id')!)
      return result
    },
  }
}
