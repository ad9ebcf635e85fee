import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { readConfig } from '../../engine/config.ts'
import { start, type Running, type StartOptions } from '../../engine/main.ts'
import { dropTestDatabase, testDatabaseUri } from './database.ts'
import { loadDatabase } from './loadedDatabase.ts'

export interface ProductOptions extends StartOptions {
  /** Default: the pack `fm`. */
  packs?: string[]
  /** Folder of the packs; default `definitions`. */
  packsDir?: string
  /** More of the environment. */
  environment?: Record<string, string>
}

const checkout = resolve(import.meta.dirname, '../..') + sep
let started = 0

/**
 * The whole product, both sites, on ports of its own and with a database of its own in the store that the test run
 * shares. `demo` as in StartOptions; default `records`: users and records, no cases played.
 */
export async function startProduct({
  packs,
  packsDir,
  environment,
  ...options
}: ProductOptions = {}): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cauce-'))
  const databaseUri = testDatabaseUri(`product${(started += 1)}`)
  const config = readConfig({
    PORT: '0',
    PORTAL_PORT: '0',
    DATA_DIR: dataDir,
    MONGODB_URI: databaseUri,
    LOG_LEVEL: 'error',
    PACKS: (packs ?? ['fm']).join(','),
    PACKS_DIR: packsDir ?? resolve(checkout, 'definitions'),
    ...environment,
  })
  const demo = options.demo ?? 'records'
  // A pack that a test made for itself, or a store of its own, is met by nobody else.
  const isShared = config.packsDir.startsWith(checkout) && environment?.MONGODB_URI === undefined
  if (demo !== 'full' && isShared && !config.production) await loadDatabase(config, databaseUri, demo)
  const running = await start(config, { ...options, demo })
  return {
    ...running,
    stop: async () => {
      await running.stop()
      await dropTestDatabase(databaseUri)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
