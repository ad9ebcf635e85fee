import { StoreLockedError, StoreVersionError } from './dataDirectory.ts'
import { StoreCorruptError } from './storage/dataFile.ts'
import type { EmbeddedStore } from './startEmbeddedStore.ts'

export type WorkerRequest = 'stop' | 'stats' | { backup: string }

/** Errors do not keep their class between threads: what is needed to make them again. */
interface ErrorDescription {
  name: string
  message: string
  uri?: string | undefined
  pid?: number
  found?: string
  path?: string
  why?: string
  expected?: number
}

export type WorkerAnswer =
  | { uri: string; stats: ReturnType<EmbeddedStore['stats']> }
  | { stats: ReturnType<EmbeddedStore['stats']> }
  | { log: string }
  | { stopped: true }
  | { backedUp: string }
  | { backupFailed: string; message: string }
  | { error: ErrorDescription }

export function describeError(error: Error): ErrorDescription {
  const { name, message } = error
  if (error instanceof StoreLockedError) return { name, message, uri: error.uri, pid: error.pid }
  if (error instanceof StoreVersionError) return { name, message, found: error.found, expected: error.expected }
  if (error instanceof StoreCorruptError) return { name, message, path: error.path, why: error.why }
  return { name, message }
}

export function rebuildError(description: ErrorDescription, dataDir: string): Error {
  if (description.name === 'StoreLockedError') return new StoreLockedError(description.uri, description.pid!, dataDir)
  if (description.name === 'StoreCorruptError') return new StoreCorruptError(description.path!, description.why!)
  if (description.name === 'StoreVersionError')
    return new StoreVersionError(description.found!, description.expected!, dataDir)
  return new Error(description.message)
}
