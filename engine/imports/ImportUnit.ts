import type { ImportCell, ImportRowDoc } from '../persistence/index.ts'
import { isBlank } from './cellValue.ts'

/** The rows of a sheet that make one record: its own and those that go on with its sub-lists. */
export type ImportUnit = [ImportRowDoc, ...ImportRowDoc[]]

/** What the columns of one import mean. */
export interface ColumnPlan {
  /** Index of a column → the field it fills; null: left out. */
  mapping: (string | null)[]
  /** Fields that tell which record a row is. */
  keys: string[]
}

/** The cell of a field in a row. */
export function cellOf(row: ImportRowDoc, plan: ColumnPlan, name: string): ImportCell | undefined {
  const column = plan.mapping.indexOf(name)
  return column < 0 ? undefined : row.cells[column]
}

/**
 * Puts rows together: a row goes on with the one above when it brings something for a sub-list, and its own fields are
 * all empty or it repeats the key of the record.
 */
export function unitsOf(rows: ImportRowDoc[], plan: ColumnPlan): ImportUnit[] {
  const units: ImportUnit[] = []
  for (const row of rows) {
    const above = units.at(-1)
    if (above && goesOn(row, above[0], plan)) above.push(row)
    else units.push([row])
  }
  return units
}

function goesOn(row: ImportRowDoc, head: ImportRowDoc, plan: ColumnPlan): boolean {
  const isGiven = (name: string | null, column: number): boolean => name !== null && !isBlank(row.cells[column])
  const given = plan.mapping.filter(isGiven).filter((name): name is string => name !== null)
  if (!given.some((name) => name.includes('.'))) return false
  const own = given.filter((name) => !name.includes('.'))
  if (own.length === 0) return true
  const keys = plan.keys.filter((name) => plan.mapping.includes(name))
  const keyOf = (of: ImportRowDoc): string => JSON.stringify(keys.map((name) => cellOf(of, plan, name) ?? null))
  return keys.length > 0 && keys.every((name) => own.includes(name)) && keyOf(row) === keyOf(head)
}
