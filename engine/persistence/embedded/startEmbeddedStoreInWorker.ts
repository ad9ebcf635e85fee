import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { EmbeddedStore, EmbeddedStoreOptions } from './startEmbeddedStore.ts'
import { rebuildError, type WorkerAnswer } from './workerMessages.ts'

// Bundled, the worker lies beside this file as storeWorker.mjs; from source a thread has to read TypeScript first.
function entry(): URL {
  const bundled = new URL('./storeWorker.mjs', import.meta.url)
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./workerFromSource.mjs', import.meta.url)
}

/**
 * Starts the store in a thread of its own, so that neither waits for the other.
 * Throws what {@link startEmbeddedStore} throws. `onCrash` hears of a thread that ended by itself.
 */
export async function startEmbeddedStoreInWorker(
  options: EmbeddedStoreOptions & { onCrash?: (error: Error) => void },
): Promise<EmbeddedStore> {
  const { log, onCrash, ...data } = options
  const worker = new Worker(entry(), { workerData: data })
  let stats: ReturnType<EmbeddedStore['stats']>
  let stopping: Promise<void> | undefined
  const uri = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the store's thread ended with code ${code} before it was ready`)))
    worker.on('message', (answer: WorkerAnswer) => {
      if ('log' in answer) log?.(answer.log)
      if ('stats' in answer) stats = answer.stats
      if ('uri' in answer) resolve(answer.uri)
      if ('error' in answer) {
        reject(rebuildError(answer.error, options.dataDir))
        void worker.terminate()
      }
    })
  })
  worker.on('error', (error) => onCrash?.(error))
  worker.on('exit', (code) => {
    if (!stopping) onCrash?.(new Error(`the store's thread ended with code ${code}`))
  })
  const poll = setInterval(() => worker.postMessage('stats'), 5000)
  poll.unref()
  return {
    uri,
    backup: (directory) =>
      new Promise((resolve, reject) => {
        const listen = (answer: WorkerAnswer): void => {
          if ('backedUp' in answer && answer.backedUp === directory) resolve()
          else if ('backupFailed' in answer && answer.backupFailed === directory) reject(new Error(answer.message))
          else return
          worker.off('message', listen)
        }
        worker.on('message', listen)
        worker.postMessage({ backup: directory })
      }),
    /** At most five seconds old. */
    stats: () => stats,
    stop: () =>
      (stopping ??= new Promise((resolve, reject) => {
        clearInterval(poll)
        worker.on('message', (answer: WorkerAnswer) => {
          if ('stopped' in answer) resolve()
          if ('error' in answer) reject(rebuildError(answer.error, options.dataDir))
        })
        worker.once('exit', () => resolve())
        worker.postMessage('stop')
      })),
  }
}
