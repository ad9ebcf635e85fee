import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispatch } from './commands/dispatch.ts'
import { DataDirectory } from './dataDirectory.ts'
import { openEngine } from './openEngine.ts'
import { Disk } from './storage/disk.ts'
import type { StoreStats } from './storage/store.ts'
import { Listener } from './wire/listener.ts'

export interface EmbeddedStoreOptions {
  /** Directory of its own; made with mode 0700 if it is not there. Not on a network file system. */
  dataDir: string
  /** TCP port on 127.0.0.1 (0: any free one). Without it: a unix socket in a 0700 directory. */
  port?: number
  /** Default true: a write is acknowledged when it is flushed to disk. False only for tests. */
  durable?: boolean
  log?: (line: string) => void
  /** Only for conformance tests: accept `configureFailPoint`. */
  testCommands?: boolean
}

export interface EmbeddedStore {
  /** Connection string for the mongodb driver; transactions work. */
  uri: string
  stop(): Promise<void>
  stats(): StoreStats & { connections: number; cursors: number; sessions: number }
}

/** Unix sockets have a path of at most 108 bytes, the last a NUL. */
const LONGEST_SOCKET_PATH = 100

/**
 * Starts the store in this process (a caller may run it in a worker thread or child process).
 * @throws StoreVersionError data directory written by another version
 * @throws StoreLockedError another process owns the directory; carries the uri of its store.json
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const log = options.log ?? (() => undefined)
  const directory = await DataDirectory.open(options.dataDir)
  let disk: Disk | undefined
  try {
    disk = new Disk(directory.dataPath, options.durable ?? true)
    return await serve(options, directory, disk, log)
  } catch (error) {
    await disk?.close()
    directory.release()
    throw error
  }
}

async function serve(
  options: EmbeddedStoreOptions,
  directory: DataDirectory,
  disk: Disk,
  log: (line: string) => void,
): Promise<EmbeddedStore> {
  const running = openEngine(disk, { log, testCommands: options.testCommands ?? false })
  const { engine } = running
  const listener = new Listener((request, connection) => dispatch(engine, request, connection))
  engine.connections = () => listener.size
  const socket = options.port === undefined ? socketPath(options.dataDir) : undefined
  const port = await listener.listen(socket ? { path: socket.path } : { port: options.port! })
  engine.address = socket ? socket.path : `127.0.0.1:${port}`
  const uri = `mongodb://${socket ? encodeURIComponent(socket.path) : engine.address}/?directConnection=true`
  directory.announce(uri)
  log(`embedded store (one machine, one process; not MongoDB) at ${uri}, data in ${options.dataDir}`)
  let stopped: Promise<void> | undefined
  return {
    uri,
    stats: () => ({
      ...engine.store.stats(),
      connections: listener.size,
      cursors: engine.cursors.size,
      sessions: engine.sessions.size,
    }),
    stop: () =>
      (stopped ??= (async () => {
        await listener.close()
        await running.close()
        socket?.remove()
        directory.release()
      })()),
  }
}

// In the data directory, or, where that path is too long for a socket, in a directory of its own with the same rights.
function socketPath(dataDir: string): { path: string; remove: () => void } {
  const inside = join(dataDir, 'run')
  const path = join(inside, 'store.sock')
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) {
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
    return { path, remove: () => rmSync(path, { force: true }) }
  }
  const outside = mkdtempSync(join(tmpdir(), 'cauce-store-'))
  return { path: join(outside, 'store.sock'), remove: () => rmSync(outside, { recursive: true, force: true }) }
}
