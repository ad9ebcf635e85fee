import { isDoc, type Value } from '../bson/values.ts'

/** What `"$a.b"` gives: through an array the path is followed in each element, and those that lack it are left out. */
export function followPath(value: Value | undefined, parts: readonly string[], at = 0): Value | undefined {
  if (at === parts.length) return value
  if (isDoc(value)) return followPath(value.get(parts[at]!), parts, at + 1)
  if (!Array.isArray(value)) return undefined
  const found: Value[] = []
  for (const item of value) {
    const inner = isDoc(item) || Array.isArray(item) ? followPath(item, parts, at) : undefined
    if (inner !== undefined) found.push(inner)
  }
  return found
}
