import type { Json, JsonObject } from '../types.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Nothing that a person would call a value: absent, null, blank, or a list without elements. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The value at a dotted path; undefined when any part is missing. */
export function valueAt(root: Json | undefined, path: string): Json | undefined {
  if (path === '') return root
  let at: Json | undefined = root
  for (const key of path.split('.')) {
    if (Array.isArray(at)) at = at[Number(key)]
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  }
  return at
}

/** Writes (undefined removes) the value at a dotted path of objects, making the groups on the way. Changes `root`. */
export function writeAt(root: JsonObject, path: string, value: Json | undefined): void {
  const keys = path.split('.')
  const last = keys.pop()!
  let at = root
  for (const key of keys) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined
    if (isObject(next)) at = next
    else if (value === undefined) return
    else at = at[key] = {}
  }
  if (value === undefined) delete at[last]
  else at[last] = value
}

/** Same JSON, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}
