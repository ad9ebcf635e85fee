import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from './commands/command.ts'
import { dispatch } from './commands/dispatch.ts'
import { DataDirectory } from './dataDirectory.ts'
import { openEngine } from './openEngine.ts'
import { Scram } from './scram.ts'
import { checkDataFile } from './storage/checkDataFile.ts'
import { Disk } from './storage/disk.ts'
import type { StoreStats } from './storage/store.ts'
import { Listener } from './wire/listener.ts'

export interface EmbeddedStoreOptions {
  /** Directory of its own; made with mode 0700 if it is not there. Not on a network file system. */
  dataDir: string
  /** TCP port on 127.0.0.1 (0: any free one). Without it: a unix socket in a 0700 directory. */
  port?: number
  /**
   * On TCP clients need the secret in `uri`, which is made anew at each start (SCRAM-SHA-256). `false` opens the port
   * to every user of the machine: only for test suites that bring their own connection string.
   */
  auth?: boolean
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
  /**
   * Writes a compact copy of everything committed so far into a new directory, while the store goes on working. The
   * directory is a data directory: to restore, start the store on it or on a copy.
   */
  backup(directory: string): Promise<void>
  stats(): StoreStats & { connections: number; cursors: number; sessions: number }
}

/** Unix sockets have a path of at most 108 bytes, the last a NUL. */
const LONGEST_SOCKET_PATH = 100

/**
 * Starts the store in this process (a caller may run it in a worker thread or child process).
 * @throws StoreVersionError data directory written by another version
 * @throws StoreCorruptError data file damaged
 * @throws StoreLockedError another process owns the directory; carries the uri of its store.json
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const log = options.log ?? (() => undefined)
  const directory = await DataDirectory.open(options.dataDir)
  let disk: Disk | undefined
  try {
    const begun = performance.now()
    checkDataFile(directory.dataPath, { thorough: directory.wasLeftOpen })
    if (directory.wasLeftOpen)
      log(`the store was not stopped: its data file was read through in ${Math.round(performance.now() - begun)} ms`)
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
  const socket = options.port === undefined && process.platform !== 'win32' ? socketPath(options.dataDir) : undefined
  if (!socket && (options.auth ?? true)) engine.scram = new Scram()
  const port = await listener.listen(socket ? { path: socket.path } : { port: options.port ?? 0 })
  engine.address = socket ? socket.path : `127.0.0.1:${port}`
  const uri = connectionString(engine)
  directory.announce(uri)
  log(`embedded store (one machine, one process; not MongoDB) at ${engine.address}, data in ${options.dataDir}`)
  if (!socket && !engine.scram) log('WARNING: the port is open to every user of this machine')
  const backup = async (target: string): Promise<void> => {
    await engine.store.settle()
    await DataDirectory.writeBackup(target, (path) => disk.backup(path))
  }
  if (socket || engine.scram) engine.backup = backup
  let stopped: Promise<void> | undefined
  return {
    uri,
    backup,
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

function connectionString({ address, scram }: Engine): string {
  if (!scram)
    return `mongodb://${address.startsWith('/') ? encodeURIComponent(address) : address}/?directConnection=true`
  return `mongodb://${scram.user}:${scram.secret}@${address}/?directConnection=true&authSource=admin&authMechanism=SCRAM-SHA-256`
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
