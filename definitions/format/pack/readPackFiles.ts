import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { PackFiles } from '../types.ts'

/** What belongs to a pack; anything else beside it (editor files, notes) is not read. */
const packExtensions = new Set(['.json', '.bpmn', '.dmn', '.hbs', '.csv'])

/**
 * Reads the files of a pack from a folder: path with `/` inside the pack → text (UTF-8).
 * Throws what the file system throws when the folder cannot be read.
 */
export async function readPackFiles(dir: string): Promise<PackFiles> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && packExtensions.has(path.extname(entry.name)))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
  const texts = await Promise.all(paths.map((file) => readFile(file, 'utf8')))
  return Object.fromEntries(
    paths.map((file, index) => [path.relative(dir, file).split(path.sep).join('/'), texts[index] ?? '']),
  )
}
