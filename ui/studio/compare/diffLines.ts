/** One row of a comparison. Line numbers count from 1; `null` on the side that does not have the line. */
export interface DiffRow {
  kind: 'same' | 'removed' | 'added'
  text: string
  before: number | null
  after: number | null
}

/**
 * Line by line comparison of two texts (longest common subsequence, after what both share at the start and the end
 * is set aside). The table is quadratic in what is left: above `limit` cells the middle is shown as replaced whole.
 */
export function diffLines(before: string, after: string, limit = 4_000_000): DiffRow[] {
  const a = linesOf(before)
  const b = linesOf(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++

  const rows: DiffRow[] = []
  for (let i = 0; i < start; i++) rows.push(same(a[i] ?? '', i, i))
  rows.push(...diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end), start, limit))
  for (let i = end; i > 0; i--) rows.push(same(a[a.length - i] ?? '', a.length - i, b.length - i))
  return rows
}

function diffMiddle(a: string[], b: string[], offset: number, limit: number): DiffRow[] {
  const removed = (i: number): DiffRow => ({ kind: 'removed', text: a[i] ?? '', before: offset + i + 1, after: null })
  const added = (j: number): DiffRow => ({ kind: 'added', text: b[j] ?? '', before: null, after: offset + j + 1 })
  if (a.length * b.length > limit) return [...a.map((_, i) => removed(i)), ...b.map((_, j) => added(j))]

  // common[i][j]: length of the longest common subsequence of a from i and b from j.
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const rows: DiffRow[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push(same(a[i] ?? '', offset + i, offset + j))
      i++
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) rows.push(removed(i++))
    else rows.push(added(j++))
  }
  return rows
}

const same = (text: string, before: number, after: number): DiffRow => ({
  kind: 'same',
  text,
  before: before + 1,
  after: after + 1,
})

/** A final line break ends the last line, it does not begin another. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
