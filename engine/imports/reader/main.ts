// The process that reads an uploaded sheet: whatever the file does to it, the server goes on. The content comes on
// standard input, the rows leave on standard output (`SheetLine`); its memory has a limit that the parent sets.
import { once } from 'node:events'
import { csvRows } from './csvRows.ts'
import type { SheetLine } from './SheetLine.ts'
import { workbookRows } from './workbookRows.ts'

/** Rows and columns beyond this are no table of ours. */
const MOST_ROWS = 200_000
const MOST_COLUMNS = 300

async function print(line: SheetLine): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain')
}

async function run(): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  const content = Buffer.concat(parts)
  const rows = process.argv[2] === 'xlsx' ? await workbookRows(content) : csvRows(content)
  let count = 0
  for await (const row of rows) {
    if ((count += 1) > MOST_ROWS) return print({ refused: `tiene más de ${MOST_ROWS.toLocaleString('es-PE')} filas` })
    await print(row.slice(0, MOST_COLUMNS))
  }
}

try {
  await run()
} catch {
  await print({ refused: 'está dañado o no es una hoja de cálculo' })
}
