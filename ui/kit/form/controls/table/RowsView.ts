import type { TableRule } from './tableRule.ts'

/** What draws the rows of a sub-list: as a table or as cards. */
export interface RowsViewProps {
  id: string
  path: string
  label: string
  count: number
  rule: TableRule
  /** Places of rows that may not be taken away. */
  kept: ReadonlySet<number>
  onMove: (from: number, to: number) => void
  onRemove: (at: number) => void
}

export interface RowsView {
  /** Brings a row into sight, where only some are drawn. */
  show: (at: number) => void
}
