import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Version of the layout of keys and values on disk. A store refuses data of another one. */
export const DATA_VERSION = 1

/** The data directory was written by another version of the store. */
export class StoreVersionError extends Error {
  constructor(
    readonly found: string,
    readonly expected: number,
    dataDir: string,
  ) {
    super(`The data directory ${dataDir} was written by version ${found} of the embedded store; this is version ${expected}. Export it with the version that wrote it and import it here.`)
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
    super(`The data directory ${dataDir} belongs to process ${pid}, which runs the store${uri ? ` at ${uri}` : ''}. Connect to it instead.`)
    this.name = 'StoreLockedError'
  }
}

/** What `store.json` says about the running store. */
interface Announcement {
  pid: number
  uri: string
}

/** The data directory and the lock on it, held until {@link DataDirectory.release}. */
export class DataDirectory {
  private readonly lockPath: string
  private readonly announcementPath: string

  /**
   * @throws StoreLockedError when a living process holds the lock
   * @throws StoreVersionError when the data is of another version
   */
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    this.lockPath = join(path, 'store.lock')
    this.announcementPath = join(path, 'store.json')
    this.lock()
    try {
      this.checkVersion()
    } catch (error) {
      this.release()
      throw error
    }
  }

  get dataPath(): string {
    return join(this.path, 'data.mdb')
  }

  // The lock file holds its owner's pid. One left by a dead process is taken over; whoever creates the file wins.
  private lock(): void {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const file = openSync(this.lockPath, 'wx', 0o600)
        writeSync(file, String(process.pid))
        closeSync(file)
        return
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const pid = Number(this.read(this.lockPath) ?? '0')
      if (pid > 0 && isAlive(pid)) throw new StoreLockedError(this.announcement(pid)?.uri, pid, this.path)
      rmSync(this.lockPath, { force: true })
    }
    throw new Error(`cannot lock the data directory ${this.path}`)
  }

  private read(path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  }

  private announcement(pid: number): Announcement | undefined {
    try {
      const found = JSON.parse(this.read(this.announcementPath) ?? '') as Announcement
      return found.pid === pid ? found : undefined
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
    writeFileSync(this.announcementPath, `${JSON.stringify({ pid: process.pid, uri })}\n`, { mode: 0o600 })
    chmodSync(this.announcementPath, 0o600)
  }

  release(): void {
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
