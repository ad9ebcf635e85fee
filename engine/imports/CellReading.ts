import type { Json } from '#forms'

/** What a cell means to a field; `problem` in words of the person who wrote it. */
export type CellReading = { value: Json } | { problem: string }
