import { parentPort, workerData } from 'node:worker_threads'
import { startEmbeddedStore, type EmbeddedStoreOptions } from './startEmbeddedStore.ts'
import { describeError, type WorkerAnswer, type WorkerRequest } from './workerMessages.ts'

/** Entry point of a worker thread: `workerData` holds the options, the parent port says 'stop' in the end. */
const port = parentPort!
const post = (answer: WorkerAnswer): void => port.postMessage(answer)
const options = workerData as Omit<EmbeddedStoreOptions, 'log'>

try {
  const store = await startEmbeddedStore({ ...options, log: (line) => post({ log: line }) })
  port.on('message', (request: WorkerRequest) => {
    if (request === 'stats') post({ stats: store.stats() })
    else if (typeof request === 'object')
      store.backup(request.backup).then(
        () => {
          post({ backedUp: request.backup })
        },
        (error: unknown) => {
          post({ backupFailed: request.backup, message: (error as Error).message })
        },
      )
    else
      void store.stop().then(
        () => {
          post({ stopped: true })
          port.close()
        },
        (error: unknown) => post({ error: describeError(error as Error) }),
      )
  })
  post({ uri: store.uri, stats: store.stats() })
} catch (error) {
  post({ error: describeError(error as Error) })
}
