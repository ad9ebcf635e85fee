import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

/** `npm run store`, built from this checkout, on a data directory that goes with it. */
export class StoreProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cauce-bench-'))
  readonly #program = join('.cache', `bench-store-${process.pid}.mjs`)
  #child!: ChildProcess
  uri = ''

  static async start(): Promise<StoreProcess> {
    const store = new StoreProcess()
    await build({
      entryPoints: ['engine/persistence/embedded/main.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      outfile: store.#program,
    })
    await store.start()
    return store
  }

  async start(): Promise<void> {
    const arguments_ = [this.#program, '--data', join(this.#folder, 'data'), '--quiet']
    this.#child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: this.#child.stdout! }), 'line')) as [string]
    this.uri = line
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }

  /** Memory of its own in MB, without the pages of the data file that the system keeps mapped. Linux only. */
  get ownMegabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
  }

  get fileMegabytes(): number {
    return statSync(join(this.#folder, 'data', 'data.mdb')).size / 1024 / 1024
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
    rmSync(this.#program, { force: true })
  }
}
