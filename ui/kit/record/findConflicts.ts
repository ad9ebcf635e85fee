import type { JsonObject } from '#forms'

/** A field that both changed, to different values. */
export interface Conflict {
  field: string
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Three-way comparison: what the person changed since `base`, that somebody else changed otherwise. */
export function findConflicts(base: JsonObject, mine: JsonObject, theirs: JsonObject): Conflict[] {
  return [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])]
    .filter(
      (field) =>
        !same(base[field], mine[field]) && !same(base[field], theirs[field]) && !same(mine[field], theirs[field]),
    )
    .map((field) => ({ field }))
}

/** Fields the person changed: all that is sent, so that nobody's other field is written over. Emptied ones are null. */
export function changesOf(base: JsonObject, mine: JsonObject): JsonObject {
  const changes: JsonObject = {}
  for (const field of new Set([...Object.keys(base), ...Object.keys(mine)]))
    if (!same(base[field], mine[field])) changes[field] = mine[field] ?? null
  return changes
}

/** The person's changes, but theirs where he chose theirs. */
export function resolveConflicts(
  mine: JsonObject,
  theirs: JsonObject,
  conflicts: Conflict[],
  choices: Record<string, 'mine' | 'theirs'>,
): JsonObject {
  const data = { ...mine }
  for (const { field } of conflicts)
    if (choices[field] === 'theirs') {
      if (theirs[field] === undefined) delete data[field]
      else data[field] = theirs[field]
    }
  return data
}
