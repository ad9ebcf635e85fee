import type { Json, JsonObject } from '../types.ts'
import { isEmpty } from './valueAt.ts'

/** What a record made beside another one begins with (`x-related`). */
export interface RelatedStart {
  /** Fixed: the same for each of them. */
  set?: JsonObject
  /** Field of the new record → field of the other one, or the first of several that is not empty. */
  copy?: Record<string, string | string[]>
}

/** The values that a related record begins with: those of `copy` may be changed, those of `set` may not. */
export function startOfRelated({ set, copy }: RelatedStart, parent: JsonObject): { set: JsonObject; copy: JsonObject } {
  const copied = Object.entries(copy ?? {}).flatMap(([name, from]): [string, Json][] => {
    const held = [from].flat().map((source) => parent[source])
    const value = held.find((one) => !isEmpty(one))
    return value === undefined ? [] : [[name, value]]
  })
  return { set: set ?? {}, copy: Object.fromEntries(copied) }
}
