import { isDoc, type Doc, type Value } from '../bson/values.ts'

export const isIndexName = (part: string): boolean => /^(0|[1-9][0-9]*)$/.test(part)

/** Receives a value a path leads to (undefined: missing) and the index in the outermost array passed on the way. */
export type Visit = (value: Value | undefined, index: number | undefined) => boolean

/**
 * Visits every value a dotted path leads to, going through arrays as MongoDB's queries do, until `visit` says true.
 * Documents inside an array count one by one; its scalars and inner arrays have no fields and are passed over, which
 * is why `{'a.b': null}` does not match `{a: [1]}` (jstests/core/null_query_semantics.js).
 */
export function walkPath(node: Doc, parts: readonly string[], visit: Visit): boolean {
  return step(node, parts, 0, undefined, visit)
}

function step(node: Doc, parts: readonly string[], at: number, index: number | undefined, visit: Visit): boolean {
  const value = node.get(parts[at]!)
  if (at === parts.length - 1) return visit(value, index)
  if (isDoc(value)) return step(value, parts, at + 1, index, visit)
  if (Array.isArray(value)) return through(value, parts, at + 1, index, visit)
  return visit(undefined, index)
}

function through(
  items: Value[],
  parts: readonly string[],
  at: number,
  index: number | undefined,
  visit: Visit,
): boolean {
  for (let position = 0; position < items.length; position++) {
    const item = items[position]!
    if (isDoc(item) && step(item, parts, at, index ?? position, visit)) return true
  }
  const part = parts[at]!
  if (!isIndexName(part) || Number(part) >= items.length) return false
  const item = items[Number(part)]!
  if (at === parts.length - 1) return visit(item, index)
  if (isDoc(item)) return step(item, parts, at + 1, index, visit)
  return Array.isArray(item) ? through(item, parts, at + 1, index, visit) : false
}

/** Like {@link walkPath}, but an array at the end of the path is also visited element by element, elements first. */
export function walkElements(node: Doc, parts: readonly string[], visit: Visit): boolean {
  return walkPath(node, parts, (value, index) => {
    if (Array.isArray(value))
      for (let position = 0; position < value.length; position++)
        if (visit(value[position], index ?? position)) return true
    return visit(value, index)
  })
}
