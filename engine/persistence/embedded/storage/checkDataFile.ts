import { existsSync } from 'node:fs'
import { checkTree } from './checkTree.ts'
import { DataFile } from './dataFile.ts'

/**
 * Looks at a data file before lmdb opens it: its two meta pages and its size, and with `thorough` every page that is
 * reached from them (some 100,000 a second). A file that is not there or empty is a new one.
 * @throws StoreCorruptError for a file that is none, that has lost its end, or whose pages do not fit together
 */
export function checkDataFile(path: string, { thorough = false } = {}): void {
  if (!existsSync(path)) return
  const file = new DataFile(path)
  try {
    if (file.size === 0) return
    const meta = file.meta()
    const needed = (meta.lastPage + 1) * meta.pageSize
    if (file.size < needed) throw file.corrupt(`it has ${file.size} bytes and should have ${needed}`)
    if (!thorough) return
    checkTree(file, meta, meta.free)
    checkTree(file, meta, meta.main)
  } finally {
    file.close()
  }
}
