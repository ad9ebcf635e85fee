import { diffLines, type DiffRow } from './diffLines.ts'
import { readableProcess } from './readableProcess.ts'

export interface FileComparison {
  path: string
  kind: 'new' | 'changed' | 'drawing' | 'equal'
  added: number
  removed: number
  rows: DiffRow[]
}

/** What the draft changes, file by file. `before` null: the file is new. */
export async function compareFiles(
  files: { path: string; before: string | null; after: string }[],
): Promise<FileComparison[]> {
  return Promise.all(
    files.map(async ({ path, before, after }) => {
      const [left, right] = path.endsWith('.bpmn')
        ? await Promise.all([before === null ? '' : readableProcess(before), readableProcess(after)])
        : [before ?? '', after]
      const rows = diffLines(left, right)
      const added = rows.filter((row) => row.kind === 'added').length
      const removed = rows.filter((row) => row.kind === 'removed').length
      const same = added + removed === 0
      const kind =
        before === null ? 'new' : !same ? 'changed' : before === after || !path.endsWith('.bpmn') ? 'equal' : 'drawing'
      return { path, kind, added, removed, rows }
    }),
  )
}
