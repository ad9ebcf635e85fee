import type { DiffRow } from './diffLines.ts'

/** A run of rows to show, or the number of equal lines left out. */
export type DiffBlock = { rows: DiffRow[] } | { skipped: number }

/** Keeps the changes with `context` equal lines around them; what lies between is counted. */
export function collapseDiff(rows: DiffRow[], context = 3): DiffBlock[] {
  const keep = new Array<boolean>(rows.length).fill(false)
  rows.forEach((row, index) => {
    if (row.kind === 'same') return
    for (let i = Math.max(0, index - context); i <= Math.min(rows.length - 1, index + context); i++) keep[i] = true
  })
  const blocks: DiffBlock[] = []
  rows.forEach((row, index) => {
    const last = blocks.at(-1)
    if (keep[index]) {
      if (last && 'rows' in last) last.rows.push(row)
      else blocks.push({ rows: [row] })
    } else if (last && 'skipped' in last) last.skipped++
    else blocks.push({ skipped: 1 })
  })
  return blocks
}
