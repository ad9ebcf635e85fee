import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { Sheet } from './Sheet.ts'
import type { WriterLine } from './sheetWriter.ts'

/** Heap of the writing process, in MiB; what it needs does not grow with the rows. */
const MEMORY = 200

// Bundled, the program lies beside this file; from source a process has to read TypeScript first.
function entry(): string {
  const bundled = fileURLToPath(new URL('./sheetWriter.mjs', import.meta.url))
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./sheetWriterFromSource.mjs', import.meta.url))
}

/**
 * `toXlsx` in a process of its own. Rows are read as fast as it takes them; who stops reading the file ends it, and an
 * error of the rows, or of the process, destroys the stream.
 */
export function toXlsxApart({ batches, ...head }: Sheet): Readable {
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY}`, entry()], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
  })
  const output = new PassThrough()
  const send = async (line: WriterLine): Promise<void> => {
    if (!child.stdin.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(child.stdin, 'drain'), gone])
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const gone = ended.then((code) => {
    if (code !== 0) throw new Error(`the process that writes sheets ended with ${code}`)
  })
  gone.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  output.once('close', () => child.kill('SIGKILL'))
  const feed = async (): Promise<void> => {
    await send(head)
    for await (const batch of batches) await send(batch)
    await send('end')
    child.stdin.end()
  }
  const finish = async (): Promise<void> => {
    await Promise.all([feed(), pipeline(child.stdout, output, { end: false })])
    await gone
    output.end()
  }
  finish().catch((error: unknown) => {
    child.kill('SIGKILL')
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return output
}
