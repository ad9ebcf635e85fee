/** The embedded store: MongoDB's wire protocol over an ACID key-value store, for one machine and one process. */
export { startEmbeddedStore, type EmbeddedStore, type EmbeddedStoreOptions } from './startEmbeddedStore.ts'
export { StoreLockedError, StoreVersionError } from './dataDirectory.ts'
export { StoreCorruptError } from './storage/dataFile.ts'
export { startEmbeddedStoreInWorker } from './startEmbeddedStoreInWorker.ts'
