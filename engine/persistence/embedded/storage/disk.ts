import { chmodSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { open, type GetOptions, type RootDatabase, type Transaction } from 'lmdb'
import type { Key } from './keyEncoding.ts'

export interface DiskEntry {
  key: Key
  value: Buffer
}

/** Snapshots that may be open at once: lmdb has a slot for each reader, and needs some itself. */
export const MOST_SNAPSHOTS = 1000

/** A read snapshot of the file, to be released with `done()`: it pins pages, so nobody may keep it for long. */
export type DiskSnapshot = Transaction

const toBytes = (key: Key): Buffer => Buffer.from(key, 'latin1')

/** In bytes. */
export interface DiskSize {
  /** The data file; it never shrinks. */
  fileBytes: number
  /** Pages of it that hold something. */
  usedBytes: number
  /** How far the file may grow before lmdb maps more of it, which it does by itself. */
  mapBytes: number
  /** What the file system has left: the true limit. */
  freeBytes: number
}

/** Of what lmdb counts, what matters here; its types do not say. */
interface LmdbStats {
  pageSize: number
  lastPageNumber: number
  mapSize: number
  treeBranchPageCount: number
  treeLeafPageCount: number
  overflowPages: number
}

/** The lmdb environment: one database, binary keys and values. The only file that knows lmdb. */
export class Disk {
  private readonly db: RootDatabase<Buffer, Buffer>

  constructor(
    private readonly path: string,
    durable: boolean,
  ) {
    this.db = open<Buffer, Buffer>({
      path,
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
      cache: false,
      maxReaders: MOST_SNAPSHOTS + 24,
      // A resolved write then means flushed; with the default it means visible only.
      overlappingSync: false,
      noSync: !durable,
      // With it a failed commit also rejects a promise of lmdb's own that nobody can handle, which ends the process.
      eventTurnBatching: false,
    })
    for (const file of [path, `${path}-lock`]) chmodSync(file, 0o600)
  }

  get(key: Key, snapshot?: DiskSnapshot): Buffer | undefined {
    // getBinary takes the options of get; its types do not say so.
    const reader: { getBinary(id: Buffer, options?: GetOptions): Buffer | undefined } = this.db
    return reader.getBinary(toBytes(key), snapshot && { transaction: snapshot })
  }

  /** Up to `limit` entries of [from, to); descending when `reverse`. */
  range(from: Key, to: Key, reverse: boolean, limit: number, snapshot?: DiskSnapshot): DiskEntry[] {
    const options = reverse
      ? { start: toBytes(to), end: toBytes(from), exclusiveStart: true, inclusiveEnd: true, reverse: true, limit }
      : { start: toBytes(from), end: toBytes(to), limit }
    const entries: DiskEntry[] = []
    for (const { key, value } of this.db.getRange(snapshot ? { ...options, transaction: snapshot } : options))
      entries.push({ key: key.latin1Slice(), value })
    return entries
  }

  /**
   * Writes in one atomic batch; resolves when it is on disk (or, without durability, handed to the system).
   * @throws Error with the system's reason, e.g. a full disk; nothing of the batch is on disk then
   */
  async write(changes: Iterable<[Key, Buffer | null]>): Promise<void> {
    try {
      await this.db.batch(() => {
        for (const [key, value] of changes) {
          if (value === null) void this.db.remove(toBytes(key))
          else void this.db.put(toBytes(key), value)
        }
      })
    } catch (error) {
      throw await reasonOf(error as Error)
    }
  }

  /** Makes the next reads see what has been written until now. */
  refresh(): void {
    this.db.resetReadTxn()
  }

  snapshot(): DiskSnapshot {
    this.db.resetReadTxn()
    return this.db.useReadTransaction()
  }

  backup(path: string): Promise<void> {
    return this.db.backup(path, true)
  }

  size(): DiskSize {
    const { pageSize, lastPageNumber, mapSize, treeBranchPageCount, treeLeafPageCount, overflowPages } =
      this.db.getStats() as LmdbStats
    const free = statfsSync(dirname(this.path))
    return {
      fileBytes: (lastPageNumber + 1) * pageSize,
      usedBytes: (treeBranchPageCount + treeLeafPageCount + overflowPages) * pageSize,
      mapBytes: mapSize,
      freeBytes: free.bavail * free.bsize,
    }
  }

  close(): Promise<void> {
    return this.db.close()
  }
}

/** lmdb hides the cause of a failed commit in a promise that is rejected with it. */
async function reasonOf(error: Error & { commitError?: Promise<never> }): Promise<Error> {
  try {
    await error.commitError
    return error
  } catch (cause) {
    return cause as Error
  }
}
