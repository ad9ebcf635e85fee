import { resolve } from 'node:path'
import { accessStore } from './storeAccess.ts'

/**
 * Writes a compact copy of one moment into a new directory, through the process that runs the store when there is one.
 * @throws Error when the directory holds data already, or the copy cannot be written
 */
export async function backupStore(dataDir: string, directory: string): Promise<void> {
  const store = await accessStore(dataDir)
  try {
    await store.run('admin', { storeBackup: resolve(directory) })
  } finally {
    await store.close()
  }
}
