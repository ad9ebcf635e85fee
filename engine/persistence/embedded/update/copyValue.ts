import { isDoc, type Value } from '../bson/values.ts'

/** A copy that shares no document or array: one operand may end up in many documents, which are changed later. */
export function copyValue(value: Value): Value {
  if (isDoc(value)) return new Map([...value].map(([name, item]) => [name, copyValue(item)]))
  return Array.isArray(value) ? value.map(copyValue) : value
}
