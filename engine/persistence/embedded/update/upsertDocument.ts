import { equalValues } from '../bson/compare.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { isOperators } from '../query/valueTests.ts'
import { copyValue } from './copyValue.ts'
import { getAt, setAt } from './path.ts'
import { RegexValue } from '../bson/values.ts'

/**
 * What an upsert starts from: the fields its filter fixes by equality.
 * @throws StoreError 54 when the filter fixes one field twice
 */
export function upsertDocument(filter: Doc, onlyId: boolean): Doc {
  const result: Doc = new Map()
  const set = (path: string, value: Value): void => {
    if (onlyId && path !== '_id') return
    const parts = path.split('.')
    const before = getAt(result, parts)
    if (before !== undefined) {
      if (!equalValues(before, value))
        throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`)
      return
    }
    for (let length = 1; length < parts.length; length++) {
      const above = getAt(result, parts.slice(0, length))
      if (above !== undefined && !isDoc(above))
        throw new StoreError(
          54,
          `cannot infer query fields to set, both paths '${path}' and '${parts.slice(0, length).join('.')}' are matched`,
        )
    }
    setAt(result, parts, copyValue(value))
  }
  const read = (part: Doc): void => {
    for (const [key, value] of part) {
      if (key === '$and' || (key === '$or' && Array.isArray(value) && value.length === 1)) {
        for (const branch of value as Value[]) if (isDoc(branch)) read(branch)
      } else if (key.startsWith('$')) continue
      else if (isOperators(value)) {
        const equal = value.get('$eq')
        if (equal !== undefined) set(key, equal)
        const all = value.get('$all')
        if (Array.isArray(all) && all.length === 1 && !isOperators(all[0])) set(key, all[0]!)
      } else if (!(value instanceof RegexValue)) set(key, value)
    }
  }
  read(filter)
  return result
}
