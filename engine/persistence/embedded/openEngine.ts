import { int32, type Value } from './bson/values.ts'
import { Catalogue } from './catalogue/catalogue.ts'
import type { Engine } from './commands/command.ts'
import { FailPoint } from './commands/failPoint.ts'
import { Cursors } from './session/cursors.ts'
import { sweepRetryRecords } from './session/retryRecord.ts'
import { Sessions } from './session/sessions.ts'
import type { Disk } from './storage/disk.ts'
import { Store } from './storage/store.ts'
import { sweepExpired } from './sweepExpired.ts'

const SWEEP_SECONDS = 60

export interface RunningEngine {
  engine: Engine
  /** Deletes what has expired and reclaims space; runs by itself every minute. */
  sweep(): Promise<void>
  close(): Promise<void>
}

/** The database without its network side: what commands run on. */
export function openEngine(disk: Disk, options: { log: (line: string) => void; testCommands: boolean }): RunningEngine {
  const store = new Store(disk)
  const catalogue = new Catalogue(store)
  catalogue.load()
  const cursors = new Cursors()
  const sessions = new Sessions((session) => {
    cursors.killWhere((cursor) => cursor.sessionKey === session.key)
  })
  const engine: Engine = {
    store,
    catalogue,
    sessions,
    cursors,
    address: '',
    startedAt: Date.now(),
    connections: () => 0,
    failPoint: options.testCommands ? new FailPoint() : undefined,
    scram: undefined,
    backup: undefined,
    parameters: new Map<string, Value>([['ttlMonitorSleepSecs', int32(SWEEP_SECONDS)]]),
    setSweepInterval(seconds) {
      clearInterval(sweeper)
      sweeper = setInterval(() => void sweep(), seconds * 1000).unref()
    },
  }
  const sweep = async (): Promise<void> => {
    try {
      sessions.expire()
      cursors.expire()
      await sweepExpired(engine)
      await sweepRetryRecords(store)
      await catalogue.reclaim()
    } catch (error) {
      options.log(`sweep failed: ${(error as Error).message}`)
    }
  }
  let sweeper = setInterval(() => void sweep(), SWEEP_SECONDS * 1000).unref()
  // Transactions must not outlive their time by a whole sweep.
  const expiry = setInterval(() => {
    sessions.expire()
  }, 1000).unref()
  return {
    engine,
    sweep,
    async close() {
      clearInterval(sweeper)
      clearInterval(expiry)
      cursors.killWhere(() => true)
      sessions.endAll()
      await store.close()
    },
  }
}
