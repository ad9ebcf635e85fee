import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

export interface OpenStore {
  uri: string
  /** Another process of this machine owns the store: when it ends, this one cannot go on. */
  attached: boolean
  close: () => Promise<void>
}

/**
 * Where the data is: the cluster of MONGODB_URI, else the embedded store in DATA_DIR. With a cluster nothing of the
 * embedded store is loaded. A second process with the same DATA_DIR attaches to the first one's store.
 */
export async function openStoreUri(config: Config, log: Logger): Promise<OpenStore> {
  if (config.mongodbUri) return { uri: config.mongodbUri, attached: false, close: () => Promise.resolve() }
  const { startEmbeddedStoreInWorker, StoreLockedError } = await import('./embedded/index.ts')
  const dataDir = join(config.dataDir, 'store')
  try {
    const store = await startEmbeddedStoreInWorker({ dataDir })
    log.info(
      `Embedded store in ${dataDir} (not MongoDB): one file, one machine, one process owns it. Move to MongoDB (MONGODB_URI) when a second machine is to serve, or one disk is not safe enough.`,
    )
    return { uri: store.uri, attached: false, close: () => store.stop() }
  } catch (error) {
    if (error instanceof StoreLockedError && error.uri !== undefined) {
      log.info('Attached to the store that another process of this machine runs.')
      return { uri: error.uri, attached: true, close: () => Promise.resolve() }
    }
    throw error
  }
}
