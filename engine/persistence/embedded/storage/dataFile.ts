import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The data file is damaged: it must not be opened, for lmdb trusts its pages and would end the process. */
export class StoreCorruptError extends Error {
  constructor(
    readonly path: string,
    readonly why: string,
  ) {
    super(`The data file ${path} is damaged: ${why}. Restore it from a backup.`)
    this.name = 'StoreCorruptError'
  }
}

/** One B+tree: lmdb's MDB_db. */
export interface Tree {
  branchPages: number
  leafPages: number
  overflowPages: number
  entries: number
  /** undefined: empty. */
  root: number | undefined
}

/** What an lmdb file says of itself in one of its two meta pages: lmdb's MDB_meta. */
export interface Meta {
  pageSize: number
  lastPage: number
  transaction: bigint
  free: Tree
  main: Tree
}

const MAGIC = 0xbeefc0de
/** Bytes at the beginning of every page: number u64, transaction u64, pad u16, flags u16, bounds or count u32. */
export const PAGE_HEADER = 24
const META_BYTES = 136
const NO_PAGE = 0xffffffffffffffffn

/** Reads an lmdb file (lmdb-js, data version 1) without lmdb. */
export class DataFile {
  private readonly file: number
  readonly size: number

  constructor(readonly path: string) {
    this.file = openSync(path, 'r')
    this.size = fstatSync(this.file).size
  }

  /** The newer of the two. @throws StoreCorruptError unless both are there */
  meta(): Meta {
    const first = this.readMeta(0)
    const second = first && this.readMeta(first.pageSize)
    if (!first || !second) throw this.corrupt('it does not begin like one')
    return first.transaction >= second.transaction ? first : second
  }

  private readMeta(position: number): Meta | undefined {
    const bytes = Buffer.alloc(META_BYTES)
    if (readSync(this.file, bytes, 0, META_BYTES, position + PAGE_HEADER) < META_BYTES) return undefined
    if (bytes.readUInt32LE(0) !== MAGIC) return undefined
    const pageSize = bytes.readUInt32LE(24)
    if (pageSize < 256 || pageSize > 65_536) return undefined
    return {
      pageSize,
      lastPage: Number(bytes.readBigUInt64LE(120)),
      transaction: bytes.readBigUInt64LE(128),
      free: readTree(bytes, 24),
      main: readTree(bytes, 72),
    }
  }

  /** Fills `page` from the page with this number; false when the file ends before. */
  readPage(number: number, page: Buffer): boolean {
    return readSync(this.file, page, 0, page.length, number * page.length) === page.length
  }

  corrupt(why: string): StoreCorruptError {
    return new StoreCorruptError(this.path, why)
  }

  close(): void {
    closeSync(this.file)
  }
}

function readTree(bytes: Buffer, at: number): Tree {
  const number = (offset: number): number => Number(bytes.readBigUInt64LE(at + offset))
  return {
    branchPages: number(8),
    leafPages: number(16),
    overflowPages: number(24),
    entries: number(32),
    root: bytes.readBigUInt64LE(at + 40) === NO_PAGE ? undefined : number(40),
  }
}
