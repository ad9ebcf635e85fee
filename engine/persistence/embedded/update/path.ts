import { isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isIndexName } from '../query/walkPath.ts'

/** Arrays do not grow beyond this through an index in a path, as in MongoDB. */
const MAX_PADDING = 1500000

export type Container = Doc | Value[]

/** Value at a concrete path (numbers index arrays); undefined when any part is missing. */
export function getAt(root: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = root
  for (const part of parts) {
    if (isDoc(value)) value = value.get(part)
    else if (Array.isArray(value)) value = isIndexName(part) ? value[Number(part)] : undefined
    else return undefined
  }
  return value
}

/**
 * Sets a concrete path, making documents on the way.
 * @throws StoreError 28 when the path leads through a scalar or a non-numeric part of an array
 */
export function setAt(root: Doc, parts: readonly string[], value: Value): void {
  let container: Container = root
  for (let index = 0; index < parts.length - 1; index++) {
    const inner = child(container, parts[index]!)
    if (isDoc(inner) || Array.isArray(inner)) container = inner
    else if (inner === undefined) {
      const made: Doc = new Map()
      assign(container, parts, index, made)
      container = made
    } else throw notViable(parts[index + 1]!, parts[index]!, inner)
  }
  assign(container, parts, parts.length - 1, value)
}

function child(container: Container, part: string): Value | undefined {
  return Array.isArray(container) ? (isIndexName(part) ? container[Number(part)] : undefined) : container.get(part)
}

function assign(container: Container, parts: readonly string[], index: number, value: Value): void {
  const part = parts[index]!
  if (!Array.isArray(container)) {
    container.set(part, value)
    return
  }
  if (!isIndexName(part)) throw notViable(part, parts[index - 1] ?? '', container)
  const position = Number(part)
  if (position > container.length + MAX_PADDING)
    throw new StoreError(2, `can't backfill more than ${MAX_PADDING} elements of an array`)
  while (container.length < position) container.push(null)
  container[position] = value
}

function notViable(part: string, parent: string, value: Value): StoreError {
  const shown = Array.isArray(value) ? 'array' : typeName(value)
  return new StoreError(28, `Cannot create field '${part}' in element {${parent}: ${shown}}`)
}

/** Removes a concrete path; an array element becomes null, so that the others keep their places. True if it was there. */
export function unsetAt(root: Doc, parts: readonly string[]): boolean {
  const parent = getAt(root, parts.slice(0, -1))
  const last = parts[parts.length - 1]!
  if (isDoc(parent)) return parent.delete(last)
  if (!Array.isArray(parent) || !isIndexName(last) || Number(last) >= parent.length) return false
  parent[Number(last)] = null
  return true
}

/** Throws what {@link setAt} would, without changing anything. */
export function assertViable(root: Doc, parts: readonly string[]): void {
  let value: Value | undefined = root
  for (let index = 0; index < parts.length; index++) {
    if (value === undefined) return
    if (!isDoc(value) && !Array.isArray(value)) throw notViable(parts[index]!, parts[index - 1] ?? '', value)
    if (Array.isArray(value) && !isIndexName(parts[index]!))
      throw notViable(parts[index]!, parts[index - 1] ?? '', value)
    value = child(value, parts[index]!)
  }
}
