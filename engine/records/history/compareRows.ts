import type { Json, JsonObject } from '#forms'

/** What became of one row of a sub-list: null before, it was added; null after, it was taken away. */
export interface RowChange {
  before: JsonObject | null
  after: JsonObject | null
}

/**
 * Two states of a sub-list, row by row: rows that stayed the same are left out; a row is the same one when the columns
 * that may not repeat (`uniqueBy`) say so, or else when more than half of its cells do. A mere change of order is none.
 */
export function compareRows(before: Json, after: Json, uniqueBy: string[]): RowChange[] {
  const [gone, come] = withoutEqual(rowsOf(before), rowsOf(after))
  const changes: RowChange[] = []
  for (const row of come) {
    const at = bestMatch(row, gone, uniqueBy)
    changes.push({ before: at === -1 ? null : (gone.splice(at, 1)[0] ?? null), after: row })
  }
  return [...changes, ...gone.map((row) => ({ before: row, after: null }))]
}

const rowsOf = (value: Json): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((row): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row))
    : []

function withoutEqual(before: JsonObject[], after: JsonObject[]): [JsonObject[], JsonObject[]] {
  const left = [...before]
  const come = after.filter((row) => {
    const at = left.findIndex((other) => namesOf(row, other).every((name) => isSame(row[name], other[name])))
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
  return [left, come]
}

function bestMatch(row: JsonObject, others: JsonObject[], uniqueBy: string[]): number {
  if (uniqueBy.length > 0) {
    const at = others.findIndex((other) => uniqueBy.every((name) => isSame(row[name], other[name])))
    if (at !== -1) return at
  }
  const likeness = others.map((other) => {
    const names = namesOf(row, other)
    return names.filter((name) => isSame(row[name], other[name])).length / names.length
  })
  const best = Math.max(...likeness, 0)
  return best > 0.5 ? likeness.indexOf(best) : -1
}

const namesOf = (a: JsonObject, b: JsonObject): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])]

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
