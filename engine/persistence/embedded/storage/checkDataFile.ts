import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/** The data file is damaged: it must not be opened, for reading beyond its end would end the process. */
export class StoreCorruptError extends Error {
  constructor(
    readonly path: string,
    readonly why: string,
  ) {
    super(`The data file ${path} is damaged: ${why}. Restore it from a backup.`)
    this.name = 'StoreCorruptError'
  }
}

const MAGIC = 0xbeefc0de
/** Bytes before the meta data of a page. */
const PAGE_HEADER = 24
/** The fields of lmdb's MDB_meta that matter here, from its magic number on. */
const PAGE_SIZE = 24
const LAST_PAGE = 120
const TRANSACTION = 128
const META_BYTES = 136

/**
 * Compares the size of an lmdb file with what its two meta pages say.
 * @throws StoreCorruptError for a file that is none, or that has lost its end
 */
export function checkDataFile(path: string): void {
  if (!existsSync(path)) return
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    if (size === 0) return
    const first = readMeta(file, 0)
    const second = first && readMeta(file, first.pageSize)
    const metas = [first, second].filter((meta) => meta !== undefined)
    if (metas.length === 0) throw new StoreCorruptError(path, 'it does not begin like one')
    const newest = metas.reduce((a, b) => (a.transaction >= b.transaction ? a : b))
    const needed = (newest.lastPage + 1) * newest.pageSize
    if (size < needed) throw new StoreCorruptError(path, `it has ${size} bytes and should have ${needed}`)
  } finally {
    closeSync(file)
  }
}

interface Meta {
  pageSize: number
  lastPage: number
  transaction: bigint
}

function readMeta(file: number, page: number): Meta | undefined {
  const bytes = Buffer.alloc(META_BYTES)
  if (readSync(file, bytes, 0, META_BYTES, page + PAGE_HEADER) < META_BYTES) return undefined
  if (bytes.readUInt32LE(0) !== MAGIC) return undefined
  return {
    pageSize: bytes.readUInt32LE(PAGE_SIZE),
    lastPage: Number(bytes.readBigUInt64LE(LAST_PAGE)),
    transaction: bytes.readBigUInt64LE(TRANSACTION),
  }
}
