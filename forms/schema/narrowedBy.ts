import type { Json, JsonObject } from '../types.ts'
import { isEmpty } from './valueAt.ts'

/** What a catalogue field is chosen within: `keys` of the row above (`level` 0), or of the one above that (1) … */
export interface Narrowing {
  level: number
  keys: Json[]
}

/**
 * The field that narrows a catalogue field now: of those that `parent` names, nearest first, the first that is not empty.
 * null while all of them are. A field with several keys allows any of them.
 */
export function narrowedBy(parents: readonly string[], values: JsonObject): Narrowing | null {
  const level = parents.findIndex((field) => !isEmpty(values[field]))
  return level < 0 ? null : { level, keys: [values[parents[level]!] ?? null].flat() }
}

/** The fields a catalogue annotation hangs on, nearest first. */
export const parentFields = (rule: unknown): string[] => {
  const parent = typeof rule === 'object' && rule !== null ? (rule as { parent?: string | string[] }).parent : undefined
  return parent === undefined ? [] : [parent].flat()
}
