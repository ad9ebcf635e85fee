import { build } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** Programs of this checkout, built from their sources for a test that needs them as processes. */
export class Programs {
  readonly #folder = resolve('.cache', 'test-programs', String(process.pid))
  readonly #running: ChildProcess[] = []

  private constructor() {
    mkdirSync(this.#folder, { recursive: true })
  }

  /** `entries`: source files by the name under which they are started. */
  static async build(entries: Record<string, string>): Promise<Programs> {
    const programs = new Programs()
    await build({
      entryPoints: entries,
      outdir: programs.#folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    })
    return programs
  }

  path(name: string): string {
    return resolve(this.#folder, `${name}.mjs`)
  }

  /** Starts one. `limit`: the size no file it writes may pass, in KiB: a disk that is full. */
  start(
    name: string,
    { args = [], environment = {}, limit }: { args?: string[]; environment?: Record<string, string>; limit?: number },
  ): StartedProgram {
    const command = [process.execPath, this.path(name), ...args]
    const [program, ...rest] =
      limit === undefined ? command : ['bash', '-c', `ulimit -f ${limit}; exec "$@"`, 'limited', ...command]
    const child = spawn(program!, rest, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#running.push(child)
    return new StartedProgram(child)
  }

  remove(): void {
    for (const child of this.#running) child.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** A program that runs, or has run. */
export class StartedProgram {
  /** Resolves with its exit code; null when a signal ended it. */
  readonly exit: Promise<number | null>
  /** Its first line on standard output; rejects when it ends before. */
  readonly firstLine: Promise<string>
  errors = ''

  constructor(readonly child: ChildProcess) {
    this.exit = new Promise((resolve) => child.once('close', resolve))
    child.stderr!.on('data', (chunk) => (this.errors += String(chunk)))
    this.firstLine = new Promise((resolve, reject) => {
      createInterface({ input: child.stdout! }).once('line', resolve)
      void this.exit.then((code) => {
        reject(new Error(`ended with ${code}: ${this.errors}`))
      })
    })
    // Whoever waits hears of it; nobody has to wait.
    this.firstLine.catch(() => undefined)
  }
}
