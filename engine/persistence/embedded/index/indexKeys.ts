import { isDoc, UNDEFINED, type Doc, type Value } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { isIndexName } from '../query/walkPath.ts'
import { encodeKey, invert, isTooLong, shorten, type Key } from '../storage/keyEncoding.ts'

export interface IndexKeys {
  /** Encoded values without the index's space; each once. */
  keys: Key[]
  /** Fields (bit 0 the first) that lead into an array, so that a document has several entries; see ALL_FIELDS. */
  multikey: number
}

/** Bits of every field: an entry was shortened, so that none of them is in order, or it is not known which lead where. */
export const ALL_FIELDS = 0xffffffff

interface Cursor {
  node: Value | undefined
  rest: readonly string[]
}

/**
 * Entries a document has in an index: one, or one per distinct array element, or none (sparse, partial).
 * @throws StoreError 171 when two fields of the index lead through different arrays
 */
export function indexKeys(document: Doc, index: IndexInfo): IndexKeys {
  if (index.partial && !index.partial.matches(document)) return { keys: [], multikey: 0 }
  if (index.fields.length === 1 && index.fields[0]!.parts.length === 1) {
    const value = document.get(index.fields[0]!.path)
    if (value === undefined && index.sparse) return { keys: [], multikey: 0 }
    if (!Array.isArray(value)) {
      const key = encodeTuple([value], index)
      return { keys: [shorten(key)], multikey: isTooLong(key) ? ALL_FIELDS : 0 }
    }
  }
  const tuples: (Value | undefined)[][] = []
  const arrays = expand(
    index.fields.map(({ parts }) => ({ node: document, rest: parts })),
    tuples,
    index,
  )
  const keys = new Set<Key>()
  let long = false
  for (const tuple of tuples) {
    if (index.sparse && tuple.every((value) => value === undefined)) continue
    const key = encodeTuple(tuple, index)
    long ||= isTooLong(key)
    keys.add(shorten(key))
  }
  return { keys: [...keys], multikey: long ? ALL_FIELDS : arrays ? arrayFields(document, index) : 0 }
}

/** Which fields of the index meet an array on their way. */
function arrayFields(document: Doc, index: IndexInfo): number {
  let fields = 0
  for (const [at, { parts }] of index.fields.entries()) {
    let node: Value | undefined = document
    for (const part of parts) {
      if (!isDoc(node)) break
      node = node.get(part)
      if (Array.isArray(node)) break
    }
    if (Array.isArray(node)) fields |= 1 << at
  }
  return fields >>> 0
}

function encodeTuple(tuple: (Value | undefined)[], index: IndexInfo): Key {
  let key = ''
  for (let at = 0; at < tuple.length; at++) {
    const encoded = encodeKey(tuple[at] ?? null, index.order)
    key += index.fields[at]!.descending ? invert(encoded) : encoded
  }
  return key
}

/** Adds every combination of values to `tuples`; true when an array was met. */
function expand(cursors: Cursor[], tuples: (Value | undefined)[][], index: IndexInfo): boolean {
  let array: Value[] | undefined
  const walked = cursors.map((cursor): Cursor => {
    let { node, rest } = cursor
    for (;;) {
      if (Array.isArray(node)) {
        const next = rest[0]
        if (next !== undefined && isIndexName(next) && Number(next) < node.length) {
          node = node[Number(next)]
          rest = rest.slice(1)
          continue
        }
        if (array && array !== node) throw parallel(index)
        array = node
        return { node, rest }
      }
      if (rest.length === 0) return { node, rest }
      node = isDoc(node) ? node.get(rest[0]!) : undefined
      rest = rest.slice(1)
      if (node === undefined) return { node, rest: [] }
    }
  })
  if (!array) {
    tuples.push(walked.map((cursor) => cursor.node))
    return false
  }
  const items: (Value | undefined)[] = array.length === 0 ? [undefined] : array
  for (const item of items) {
    const inner = walked.map((cursor): Cursor => {
      if (cursor.node !== array) return cursor
      // An element of the array is a value of its own, even when it is an array again.
      if (cursor.rest.length === 0) return settled(array!.length === 0 ? UNDEFINED : item)
      return isDoc(item) ? { node: item, rest: cursor.rest } : settled(undefined)
    })
    expandInner(inner, tuples, index)
  }
  return true
}

/** A value that is not looked into any more. */
class Settled {
  constructor(readonly value: Value | undefined) {}
}
const settled = (value: Value | undefined): Cursor => ({ node: new Settled(value) as unknown as Value, rest: [] })

function expandInner(cursors: Cursor[], tuples: (Value | undefined)[][], index: IndexInfo): void {
  const collected: (Value | undefined)[][] = []
  expand(cursors, collected, index)
  for (const tuple of collected)
    tuples.push(
      tuple.map((value) => ((value as unknown) instanceof Settled ? (value as unknown as Settled).value : value)),
    )
}

function parallel(index: IndexInfo): StoreError {
  return new StoreError(
    171,
    `cannot index parallel arrays [${index.fields.map((field) => field.parts.at(-1)).join('] [')}]`,
  )
}
