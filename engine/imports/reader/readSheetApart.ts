import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { CauceError } from '../../errors.ts'
import type { RawCell, SheetKind, SheetLine } from './SheetLine.ts'

/** Memory of the reading process, in MiB; a file that needs more is refused. */
const MEMORY = 700
const TIMEOUT_MS = 180_000

// Bundled, the program lies beside this file; from source a process has to read TypeScript first.
function entry(): string {
  const bundled = fileURLToPath(new URL('./sheetReader.mjs', import.meta.url))
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./mainFromSource.mjs', import.meta.url))
}

/**
 * The rows of a sheet, read by a process of its own: a file that makes it run out of memory, or never end, ends nothing
 * else. @throws 422 `import.file` with what is wrong with the file
 */
export async function* readSheetApart(content: Readable, kind: SheetKind): AsyncGenerator<RawCell[]> {
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY}`, entry(), kind], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of our own surroundings is its business.
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
  // A process that died closes its input: what it was is told by its end.
  const fed = pipeline(content, child.stdin).catch(() => undefined)
  try {
    for await (const text of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      const line = JSON.parse(text) as SheetLine
      if (!Array.isArray(line)) throw new CauceError('import.file', { why: line.refused })
      yield line
    }
    await fed
    if ((await ended) !== 0)
      throw new CauceError('import.file', { why: 'es demasiado grande para leerlo; guárdelo como CSV' })
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}
