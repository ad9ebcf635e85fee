import type { Json, JsonObject } from '../types.ts'
import { isEmpty } from './valueAt.ts'

/** What a record made beside another one begins with (`x-related`). */
export interface RelatedStart {
  /** Fixed: the same for each of them. */
  set?: JsonObject
  /** Field of the new record → field of the other one, or the first of several that is not empty. */
  copy?: Record<string, string | string[]>
  /** A list of the other one, of whose rows one may be chosen to begin with; `title` names the choice. */
  rows?: { title: string; from: string; /** Field of the new record → column. */ copy: Record<string, string> }
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

/** What a related record may begin with, one for each row of the other one that says anything. */
export function rowsToCopy({ rows }: RelatedStart, parent: JsonObject): { label: string; data: JsonObject }[] {
  const list = rows ? parent[rows.from] : null
  if (!rows || !Array.isArray(list)) return []
  return list.flatMap((row) => {
    const held = Object.entries(rows.copy).flatMap(([name, column]): [string, Json][] => {
      const value = (row as JsonObject | null)?.[column]
      return value === undefined || isEmpty(value) ? [] : [[name, value]]
    })
    return held.length
      ? [{ label: held.map(([, value]) => String(value)).join(' · '), data: Object.fromEntries(held) }]
      : []
  })
}
