import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { copyFile, open, rename } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkDataFile } from './storage/checkDataFile.ts'
import { readStoreUri } from './wire/storeUri.ts'

/** Version of the layout of keys and values on disk. A store refuses data of another one. */
export const DATA_VERSION = 1

/** The data directory was written by another version of the store. */
export class StoreVersionError extends Error {
  constructor(
    readonly found: string,
    readonly expected: number,
    dataDir: string,
  ) {
    super(
      `The data directory ${dataDir} was written by version ${found} of the embedded store; this is version ${expected}. Export it with the version that wrote it and import it here.`,
    )
    this.name = 'StoreVersionError'
  }
}

/** Another process owns the data directory; `uri` is where it answers, if it has said so. */
export class StoreLockedError extends Error {
  constructor(
    readonly uri: string | undefined,
    readonly pid: number,
    dataDir: string,
  ) {
    super(
      `The data directory ${dataDir} belongs to process ${pid}, which runs the store${uri ? ` at ${withoutSecret(uri)}` : ''}. Connect to it instead.`,
    )
    this.name = 'StoreLockedError'
  }
}

/** Messages end up in logs. */
const withoutSecret = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*/, '')

/** What `store.json` says about the running store. */
interface Announcement {
  pid: number
  uri: string
  /** The one in the lock file: an announcement without its lock is a dead store's. */
  nonce: string
}

/** How long a store may take from its lock to its announcement. */
const STARTING_MS = 30_000

/** The data directory and the lock on it, held until {@link DataDirectory.release}. */
export class DataDirectory {
  private readonly nonce = randomUUID()
  /** The store before this one was not stopped: it was killed, or the machine ended. */
  wasLeftOpen = false

  private constructor(readonly path: string) {}

  /**
   * @throws StoreLockedError when a living store holds the lock
   * @throws StoreVersionError when the data is of another version
   */
  static async open(path: string): Promise<DataDirectory> {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const directory = new DataDirectory(path)
    await directory.lock()
    try {
      directory.checkVersion()
    } catch (error) {
      directory.release()
      throw error
    }
    return directory
  }

  /**
   * Makes a new directory of the same layout and lets `copy` write its data file. It has its name only when it is
   * whole and on disk. @throws Error if there is data already
   */
  static async writeBackup(path: string, copy: (dataPath: string) => Promise<void>): Promise<void> {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    await new DataDirectory(path).fill(copy)
  }

  /**
   * Copies a backup into this directory, which must hold no data yet.
   * @throws Error without a backup in `from`; StoreVersionError, StoreCorruptError for one this store cannot read
   */
  async restore(from: string): Promise<void> {
    const backup = new DataDirectory(from)
    if (!existsSync(backup.dataPath)) throw new Error(`${from} holds no backup`)
    backup.checkVersion()
    checkDataFile(backup.dataPath, { thorough: true })
    await this.fill((path) => copyFile(backup.dataPath, path))
  }

  private async fill(copy: (dataPath: string) => Promise<void>): Promise<void> {
    if (existsSync(this.dataPath)) throw new Error(`${this.path} holds a data file already: move it away first`)
    this.checkVersion()
    const partial = `${this.dataPath}.partial`
    rmSync(partial, { force: true })
    await copy(partial)
    chmodSync(partial, 0o600)
    await flush(partial)
    await rename(partial, this.dataPath)
    await flush(this.path)
  }

  get dataPath(): string {
    return join(this.path, 'data.mdb')
  }

  private get lockPath(): string {
    return join(this.path, 'store.lock')
  }

  private get announcementPath(): string {
    return join(this.path, 'store.json')
  }

  // The lock file names its owner. Whether the owner lives is asked of the store itself, for a process number alone
  // proves nothing: after a restart, and always in a container, another process has it.
  private async lock(): Promise<void> {
    let takingOver = false
    for (const deadline = Date.now() + STARTING_MS; ;) {
      if (this.createLock()) {
        // Two processes may find the same dead lock: the one that created its own last has it.
        if (takingOver) await sleep(100)
        if (this.read(this.lockPath)?.includes(this.nonce)) return
      }
      const content = this.read(this.lockPath)
      if (content === undefined) continue
      const pid = Number(content.split(' ')[0])
      const announced = this.announcement()
      const state = await this.stateOf(pid, content, announced)
      if (state === 'answering' || (state === 'starting' && Date.now() > deadline))
        throw new StoreLockedError(state === 'answering' ? announced?.uri : undefined, pid, this.path)
      // Whoever comes while the owner starts waits for its address.
      if (state === 'starting') await sleep(50)
      else if (this.read(this.lockPath) === content) {
        takingOver = true
        this.wasLeftOpen = true
        rmSync(this.lockPath, { force: true })
      }
    }
  }

  private createLock(): boolean {
    try {
      const file = openSync(this.lockPath, 'wx', 0o600)
      writeSync(file, `${process.pid} ${this.nonce}`)
      closeSync(file)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  }

  private async stateOf(
    pid: number,
    lock: string,
    announced: Announcement | undefined,
  ): Promise<'answering' | 'starting' | 'dead'> {
    if (!isAlive(pid)) return 'dead'
    if (announced && lock === `${pid} ${announced.nonce}`) return (await answers(announced.uri)) ? 'answering' : 'dead'
    try {
      return Date.now() - statSync(this.lockPath).mtimeMs < STARTING_MS ? 'starting' : 'dead'
    } catch {
      return 'dead'
    }
  }

  private read(path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  }

  private announcement(): Announcement | undefined {
    try {
      return JSON.parse(this.read(this.announcementPath) ?? '') as Announcement
    } catch {
      return undefined
    }
  }

  private checkVersion(): void {
    const path = join(this.path, 'version')
    const found = this.read(path)?.trim()
    if (found === undefined) {
      if (existsSync(this.dataPath)) throw new StoreVersionError('unknown', DATA_VERSION, this.path)
      writeFileSync(path, `${DATA_VERSION}\n`, { mode: 0o600 })
    } else if (found !== String(DATA_VERSION)) throw new StoreVersionError(found, DATA_VERSION, this.path)
  }

  /** Tells other processes of this user where the store answers. */
  announce(uri: string): void {
    rmSync(this.announcementPath, { force: true })
    writeFileSync(this.announcementPath, `${JSON.stringify({ pid: process.pid, uri, nonce: this.nonce })}\n`, {
      mode: 0o600,
    })
  }

  release(): void {
    if (!this.read(this.lockPath)?.includes(this.nonce)) return
    rmSync(this.announcementPath, { force: true })
    rmSync(this.lockPath, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Puts a file, or the names in a directory, on disk. */
async function flush(path: string): Promise<void> {
  // Windows knows no handle of a directory.
  if (process.platform === 'win32' && statSync(path).isDirectory()) return
  const file = await open(path, 'r')
  await file.sync()
  await file.close()
}

/** Whether anything accepts connections at a connection string of ours. */
function answers(uri: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...readStoreUri(uri).target, timeout: 2000 })
    const settle = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(true))
  })
}
