import type mongoose from 'mongoose'

/** What the database says about itself. undefined: it does not say (a cluster, or an account without that right). */
export interface StoreStatus {
  openTransactions: number | undefined
  openCursors: number | undefined
  connections: number | undefined
  /** The rest only of the embedded store. In bytes: its data file, the part of it in use, what it may grow to as mapped, free disk. */
  fileBytes: number | undefined
  usedBytes: number | undefined
  mapBytes: number | undefined
  freeBytes: number | undefined
  /** Keys committed and not yet on disk. */
  unflushedKeys: number | undefined
  /** When what was written last reached the disk. */
  lastFlush: Date | undefined
}

interface ServerStatus {
  transactions?: { currentOpen?: number }
  connections?: { current?: number }
  metrics?: { cursor?: { open?: { total?: number } } }
  embeddedStore?: {
    fileBytes: number
    usedBytes: number
    mapBytes: number
    freeBytes: number
    unflushedKeys: number
    lastFlush?: Date
  }
}

/** Asks with `serverStatus`, which MongoDB and the embedded store both answer. */
export async function readStoreStatus(database: mongoose.mongo.Db | undefined): Promise<StoreStatus> {
  // Without the right to ask, everything stays unknown: that is no reason to fail.
  const status = (await database
    ?.admin()
    .command({ serverStatus: 1, repl: 0, locks: 0 })
    .catch(() => ({}))) as ServerStatus | undefined
  const embedded = status?.embeddedStore
  return {
    openTransactions: status?.transactions?.currentOpen,
    openCursors: status?.metrics?.cursor?.open?.total,
    connections: status?.connections?.current,
    fileBytes: embedded?.fileBytes,
    usedBytes: embedded?.usedBytes,
    mapBytes: embedded?.mapBytes,
    freeBytes: embedded?.freeBytes,
    unflushedKeys: embedded?.unflushedKeys,
    lastFlush: embedded?.lastFlush,
  }
}
