import { typeOrder } from '../bson/compare.ts'
import { isNaNValue } from '../bson/numbers.ts'
import { MAX_KEY, MIN_KEY, UNDEFINED, type Value } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import {
  afterPrefix,
  encodeKey,
  encodeTextPrefix,
  invert,
  isTooLong,
  shorten,
  type Key,
} from '../storage/keyEncoding.ts'
import type { StringOrder } from './collation.ts'
import type { Filter } from './filter.ts'

/** A half-open range of encoded keys, the index's space left out. */
export interface KeyRange {
  from: Key
  to: Key
}

/** Whether equality with the value is one key of an index: arrays, null and undefined match more. */
export const isPoint = (value: Value): boolean => !Array.isArray(value) && value !== null && value !== UNDEFINED

/** An index orders strings its own way; other types do not care. */
export function sameOrder(index: StringOrder | undefined, query: StringOrder | undefined, value: Value): boolean {
  if (index?.id === query?.id) return !index || folds(index) || !holdsText(value)
  return !holdsText(value)
}

/** Whether equal strings have equal keys: false for collations of strength 3 and above. */
const folds = (order: StringOrder): boolean => order.fold('A') === order.fold('a')

function holdsText(value: Value): boolean {
  if (typeof value === 'string') return true
  if (value instanceof Map) return [...value.values()].some(holdsText)
  return Array.isArray(value) && value.some(holdsText)
}

interface Bound extends KeyRange {
  /** A single value: `from` is its whole encoding. */
  point: boolean
}

const point = (key: Key): Bound => ({ from: key, to: afterPrefix(key), point: true })

/** The bound of a descending field. */
export function flip(bound: Bound): Bound {
  if (bound.point) return point(invert(bound.from))
  // [from, to) turned round is (~to, ~from]: both ends become prefixes.
  return { from: invert(bound.to), to: afterPrefix(invert(bound.from)), point: false }
}

/**
 * What the conjuncts say of one field, as ranges of an index's keys; undefined: nothing the index could use. A range
 * may be too wide, for every document is tested again, but never too narrow.
 */
export function boundsOf(path: string, conjuncts: Filter[], index: IndexInfo, multikey: boolean): Bound[] | undefined {
  let best: Bound[] | undefined
  let low: Bound | undefined
  let high: Bound | undefined
  for (const leaf of conjuncts) {
    if (!('path' in leaf) || leaf.path !== path) continue
    if (leaf.kind === 'compare' && leaf.op !== '$eq') {
      const range = rangeOf(leaf.op, leaf.value, leaf.order, index)
      if (!range) continue
      if (leaf.op === '$gt' || leaf.op === '$gte') low = range
      else high = range
      continue
    }
    const bounds = leafBounds(leaf, index)
    if (bounds && (!best || bounds.length < best.length)) best = bounds
  }
  if (best) return best
  // In an array one element may satisfy the lower bound and another the upper: only one of them may be used.
  if (low && high && !multikey)
    return [
      { from: low.from > high.from ? low.from : high.from, to: low.to < high.to ? low.to : high.to, point: false },
    ]
  const only = low ?? high
  return only ? [only] : undefined
}

function leafBounds(leaf: Filter, index: IndexInfo): Bound[] | undefined {
  switch (leaf.kind) {
    case 'compare':
      return equalBounds(leaf.value, leaf.order, index)
    case 'in': {
      const all: Bound[] = []
      for (const value of leaf.values) {
        const bounds = equalBounds(value, leaf.order, index)
        if (!bounds) return undefined
        all.push(...bounds)
      }
      return [...new Map(all.map((bound) => [bound.from, bound])).values()]
    }
    case 'regex': {
      if (leaf.prefix === '' || index.order) return undefined
      const prefix = encodeTextPrefix(leaf.prefix)
      // A stored regex that is the same pattern matches too.
      return [
        { from: prefix, to: afterPrefix(prefix), point: false },
        { from: '\x32', to: '\x33', point: false },
      ]
    }
    case 'exists':
      return undefined
    default:
      return undefined
  }
}

function equalBounds(value: Value, order: StringOrder | undefined, index: IndexInfo): Bound[] | undefined {
  if (!sameOrder(index.order, order, value)) return undefined
  if (value === null || value === UNDEFINED) return [point(encodeKey(null)), point(encodeKey(UNDEFINED))]
  if (Array.isArray(value)) {
    // A document's array has an entry per element; the array itself is a key only when it lies in another array.
    const first = value.length === 0 ? UNDEFINED : value[0]!
    return [point(shorten(encodeKey(first, index.order))), point(shorten(encodeKey(value, index.order)))]
  }
  return [point(encodeKey(value, index.order))]
}

function rangeOf(op: string, value: Value, order: StringOrder | undefined, index: IndexInfo): Bound | undefined {
  if (value === MIN_KEY || value === MAX_KEY || value === null || value === UNDEFINED || isNaNValue(value))
    return undefined
  // Inside arrays elements are keys of their own; ranges over whole arrays and documents are left to the scan.
  if (Array.isArray(value) || value instanceof Map || (holdsText(value) && (index.order || order))) return undefined
  const type = String.fromCharCode(typeOrder(value))
  const key = encodeKey(value)
  if (isTooLong(key)) return { from: type, to: afterPrefix(type), point: false }
  if (op === '$gt') return { from: afterPrefix(key), to: afterPrefix(type), point: false }
  if (op === '$gte') return { from: key, to: afterPrefix(type), point: false }
  if (op === '$lt') return { from: type, to: key, point: false }
  return { from: type, to: afterPrefix(key), point: false }
}
