import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../engine/config.ts'
import { start, type Running, type StartOptions } from '../../engine/main.ts'

export interface ProductOptions {
  /** Default: the pack `fm`. */
  packs?: string[]
  /** Folder of the packs; default `definitions`. */
  packsDir?: string
  /** Default: accounts and records, no played cases (quick). */
  demo?: StartOptions['demo']
  /** More of the environment. */
  environment?: Record<string, string>
}

/**
 * The whole product, both sites, on ports of its own and a store of its own (or a database of its own at
 * MONGODB_URI). Stopping it removes the store.
 */
export async function startProduct(options: ProductOptions = {}): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cauce-'))
  const config = readConfig({
    PORT: '0',
    PORTAL_PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    PACKS: (options.packs ?? ['fm']).join(','),
    PACKS_DIR: options.packsDir ?? resolve(import.meta.dirname, '../../definitions'),
    ...options.environment,
  })
  const running = await start(config, { demo: options.demo ?? 'records' })
  return {
    ...running,
    stop: async () => {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
