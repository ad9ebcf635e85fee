import type { JsonObject } from '#forms'

/** The rows without one of them. Where it was the main one, `next` (an index of the old list) becomes it. */
export function withoutRow(rows: JsonObject[], at: number, main: string | undefined, next?: number): JsonObject[] {
  const wasMain = main !== undefined && rows[at]?.[main] === true
  return rows
    .map((row, index) => (wasMain && index === (next ?? (at === 0 ? 1 : 0)) ? { ...row, [main]: true } : row))
    .filter((_, index) => index !== at)
}

/** The rows with one of them marked as the main one and no other. */
export function withMain(rows: JsonObject[], at: number, main: string): JsonObject[] {
  return rows.map((row, index) =>
    index === at ? { ...row, [main]: true } : row[main] === true ? { ...row, [main]: false } : row,
  )
}

/** The rows with one of them moved to another place. */
export function withMoved(rows: JsonObject[], from: number, to: number): JsonObject[] {
  const moved = rows[from]
  if (!moved || to < 0 || to >= rows.length) return rows
  const others = rows.filter((_, index) => index !== from)
  return [...others.slice(0, to), moved, ...others.slice(to)]
}

/** Removing this row asks which one is to be the main one afterwards. */
export const asksForMain = (rows: JsonObject[], at: number, main: string | undefined): boolean =>
  main !== undefined && rows.length > 2 && rows[at]?.[main] === true
