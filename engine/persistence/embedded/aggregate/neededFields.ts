import { isDoc, type Value } from '../bson/values.ts'

/**
 * Top-level fields the first stage of a pipeline reads, when it passes nothing else on; null when it may need all.
 * Counting and grouping then decode little of each document.
 */
export function neededFields(stages: readonly Value[]): Set<string> | null {
  const first = stages[0]
  if (!isDoc(first)) return null
  const [name, spec] = [...first][0]!
  if (name === '$count') return new Set()
  return name === '$group' || name === '$sortByCount' ? fieldsOf(spec) : null
}

/** Operators that read a document otherwise than by a path written out. */
const OPAQUE = new Set(['$getField', '$setField', '$unsetField', '$top', '$topN', '$bottom', '$bottomN'])

function fieldsOf(expression: Value): Set<string> | null {
  const fields = new Set<string>()
  const visit = (value: Value): boolean => {
    if (typeof value === 'string' && value.startsWith('$')) {
      if (value.startsWith('$$')) return !/^\$\$(ROOT|CURRENT)/.test(value)
      fields.add(value.slice(1).split('.')[0]!)
      return true
    }
    if (Array.isArray(value)) return value.every(visit)
    if (!isDoc(value)) return true
    return [...value].every(([name, inner]) => !OPAQUE.has(name) && visit(inner))
  }
  return visit(expression) ? fields : null
}
