// The process that writes a workbook: rows come on standard input (`WriterLine`, one JSON per line), the file leaves on
// standard output. Its memory has a limit that the parent sets, and what it takes it takes from nobody's requests.
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { Sheet, SheetRow } from './Sheet.ts'
import { toXlsx } from './toXlsx.ts'

/** First the head, then batches of rows, then the word that these were all. */
export type WriterLine = Omit<Sheet, 'batches'> | SheetRow[] | 'end'

const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]()
const head = JSON.parse((await lines.next()).value as string) as Omit<Sheet, 'batches'>

async function* batches(): AsyncGenerator<SheetRow[]> {
  for (;;) {
    const next = await lines.next()
    if (next.done) throw new Error('the rows ended in the middle')
    const line = JSON.parse(next.value) as SheetRow[] | 'end'
    if (line === 'end') return
    yield line
  }
}

await pipeline(toXlsx({ ...head, batches: batches() }), process.stdout)
