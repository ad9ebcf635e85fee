import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope } from '../expression/scope.ts'
import type { PipelineContext, Stage } from './stage.ts'

/** `$redact`: `$$KEEP`, `$$PRUNE` or `$$DESCEND` for the document and, descending, for each one inside it. */
export function compileRedact(spec: Value, context: PipelineContext): Stage {
  const variables = new Map<string, Value | undefined>([
    ...context.variables,
    ['KEEP', 'keep'],
    ['PRUNE', 'prune'],
    ['DESCEND', 'descend'],
  ])
  const evaluate = compileExpression(spec, variables)
  const redact = (document: Doc): Doc | undefined => {
    const decision = evaluate(newScope(document, variables, context.order))
    if (decision === 'keep') return document
    if (decision === 'prune') return undefined
    if (decision !== 'descend') throw new StoreError(17053, '$redact must resolve to $$DESCEND, $$PRUNE or $$KEEP')
    const result: Doc = new Map()
    for (const [name, value] of document) {
      const kept = inner(value)
      if (kept !== undefined) result.set(name, kept)
    }
    return result
  }
  const inner = (value: Value): Value | undefined => {
    if (isDoc(value)) return redact(value)
    return Array.isArray(value) ? value.map(inner).filter((item): item is Value => item !== undefined) : value
  }
  return function* (input) {
    for (const document of input) {
      const kept = redact(document)
      if (kept) yield kept
    }
  }
}
