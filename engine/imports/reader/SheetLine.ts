/** A cell as a file says it. A number keeps its digits, a date of Excel is ISO 8601 without a zone. */
export type RawCell = string | boolean | null | { n: string } | { d: string }

/** What the reading process prints, one JSON per line: rows in their order, or why there are none (more). */
export type SheetLine = RawCell[] | { refused: string }

/** Kinds of file that are read. */
export type SheetKind = 'xlsx' | 'csv'
