import { createHash } from 'node:crypto'
import type { PackFiles } from '../types.ts'

/** SHA-256 (hex) over the files of a pack sorted by path; equal packs have equal hashes. */
export function hashPack(files: PackFiles): string {
  const hash = createHash('sha256')
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\0`)
  return hash.digest('hex')
}
