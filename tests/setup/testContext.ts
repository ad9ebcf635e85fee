import pino from 'pino'
import { MovableClock } from '../../engine/clock.ts'
import { readConfig } from '../../engine/config.ts'
import { createContext, systemActor, type Actor, type Ctx } from '../../engine/context.ts'
import { Store } from '../../engine/persistence/index.ts'
import { dropTestDatabase, testDatabaseUri } from './database.ts'

export interface TestContext {
  ctx: Ctx
  clock: MovableClock
  close(): Promise<void>
}

let opened = 0

/** A context over a database of its own, with a clock that stands still at noon of 2 March 2026 in Lima until moved. */
export async function openTestContext(environment: Record<string, string> = {}): Promise<TestContext> {
  const databaseUri = testDatabaseUri(`context${(opened += 1)}`)
  const store = await Store.open(databaseUri)
  const clock = new MovableClock()
  clock.freeze(new Date('2026-03-02T17:00:00Z'))
  const config = readConfig({ BASE_URL: 'http://staff.test', PORTAL_BASE_URL: 'http://portal.test', ...environment })
  const ctx = createContext({ store, config, clock, log: pino({ level: 'silent' }) })
  const close = async (): Promise<void> => {
    await store.close()
    await dropTestDatabase(databaseUri)
  }
  return { ctx, clock, close }
}

/** Somebody of the staff. */
export function person(id: string, more: Partial<Actor> = {}): Actor {
  return { ...systemActor, id, name: id, email: `${id}@demo.pe`, front: 'staff', ...more }
}
