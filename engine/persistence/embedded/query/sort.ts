import { compareValues } from '../bson/compare.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { isDoc, UNDEFINED, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import type { StringOrder } from './collation.ts'
import { walkPath } from './walkPath.ts'

export interface SortField {
  path: string
  parts: string[]
  descending: boolean
}

/**
 * @throws StoreError 15975 for a direction other than 1 or -1, 115 for $meta
 */
export function compileSort(spec: Doc): SortField[] {
  if (spec.size > 32) throw new StoreError(13103, 'too many compound keys')
  return [...spec].map(([path, direction]) => {
    if (isDoc(direction)) throw notSupported('$meta sort')
    const way = wholeNumber(direction)
    if (way !== 1 && way !== -1)
      throw new StoreError(15975, `$sort key ordering must be 1 (for ascending) or -1 (for descending)`)
    const parts = path.split('.')
    if (parts.some((part) => part === ''))
      throw new StoreError(15998, 'FieldPath field names may not be empty strings.')
    if (path.startsWith('$')) throw new StoreError(2, `FieldPath field names may not start with '$'`)
    return { path, parts, descending: way === -1 }
  })
}

/** The values a document is sorted by: of an array the smallest, descending the largest; missing counts as null. */
export function sortValues(document: Doc, fields: readonly SortField[], order?: StringOrder): Value[] {
  return fields.map((field) => sortValue(document, field, order))
}

function sortValue(document: Doc, field: SortField, order: StringOrder | undefined): Value {
  let best: Value | undefined
  const consider = (value: Value): void => {
    if (best === undefined) best = value
    else {
      const result = compareValues(value, best, order)
      if (field.descending ? result > 0 : result < 0) best = value
    }
  }
  if (field.parts.length === 1) {
    const value = document.get(field.path)
    if (!Array.isArray(value)) return value ?? null
    if (value.length === 0) return UNDEFINED
    for (const item of value) consider(item)
    return best!
  }
  walkPath(document, field.parts, (value) => {
    if (!Array.isArray(value)) consider(value ?? null)
    else if (value.length === 0) consider(UNDEFINED)
    else for (const item of value) consider(item)
    return false
  })
  return best ?? null
}

export function compareSortValues(a: Value[], b: Value[], fields: readonly SortField[], order?: StringOrder): number {
  for (let index = 0; index < fields.length; index++) {
    const result = compareValues(a[index]!, b[index]!, order)
    if (result !== 0) return fields[index]!.descending ? -result : result
  }
  return 0
}

/** Stable; with `limit` only the first ones are kept. */
export function sortItems<T>(
  items: Iterable<T>,
  documentOf: (item: T) => Doc,
  fields: readonly SortField[],
  order?: StringOrder,
  limit = Infinity,
): T[] {
  type Row = { item: T; values: Value[] }
  const ordered = (a: Row, b: Row): number => compareSortValues(a.values, b.values, fields, order)
  let rows: Row[] = []
  const room = Math.max(limit * 2, 1000)
  for (const item of items) {
    rows.push({ item, values: sortValues(documentOf(item), fields, order) })
    if (rows.length > room && limit < rows.length) rows = rows.sort(ordered).slice(0, limit)
  }
  rows.sort(ordered)
  return (limit < rows.length ? rows.slice(0, limit) : rows).map((row) => row.item)
}
