import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope } from '../expression/scope.ts'
import { encodeKey } from '../storage/keyEncoding.ts'
import { compileAccumulator, type Accumulator } from './accumulators.ts'
import type { PipelineContext, Stage } from './stage.ts'

/** `$group`: one document per distinct `_id`, in the order the groups were first met. */
export function compileGroup(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new StoreError(15947, "a group's fields must be specified in an object")
  const idSpec = spec.get('_id')
  if (idSpec === undefined) throw new StoreError(15955, 'a group specification must include an _id')
  const id = compileExpression(idSpec, context.variables)
  const fields = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => {
      if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`)
      if (name.startsWith('$')) throw new StoreError(40236, `The field name '${name}' cannot be an operator name`)
      if (!isDoc(accumulator)) throw new StoreError(40234, `The field '${name}' must be an accumulator object`)
      if (accumulator.size !== 1) throw new StoreError(40238, `The field '${name}' must specify one accumulator`)
      return [name, compileAccumulator(accumulator, context.variables, context.order)] as const
    })
  return function* (input) {
    const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>()
    for (const document of input) {
      const scope = newScope(document, context.variables, context.order)
      const value = id(scope)
      const key = encodeKey(value ?? null, context.order)
      let group = groups.get(key)
      if (!group) groups.set(key, (group = { id: value ?? null, accumulators: fields.map(([, make]) => make()) }))
      for (const accumulator of group.accumulators) accumulator.add(scope)
    }
    for (const { id: value, accumulators } of groups.values()) {
      const result: Doc = new Map([['_id', value]])
      fields.forEach(([name], index) => {
        const total = accumulators[index]!.result()
        if (total !== undefined) result.set(name, total)
      })
      yield result
    }
  }
}
