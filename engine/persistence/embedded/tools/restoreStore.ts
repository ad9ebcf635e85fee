import { DataDirectory } from '../dataDirectory.ts'

/**
 * Copies a backup into a data directory that holds no data yet.
 * @throws StoreLockedError while a store runs there; StoreVersionError, StoreCorruptError for a backup it cannot read
 */
export async function restoreStore(dataDir: string, backup: string): Promise<void> {
  const directory = await DataDirectory.open(dataDir)
  try {
    await directory.restore(backup)
  } finally {
    directory.release()
  }
}
