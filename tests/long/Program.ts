import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program of ours as an operating system process that may be killed at any moment and started again. */
export class Program {
  readonly #script: string
  readonly #args: string[]
  readonly #environment: Record<string, string>
  readonly #log: string
  readonly #isReady: () => Promise<boolean>
  #child: ChildProcess | null = null
  kills = 0
  /** Ready to be used: a server that listens already may not have its clock yet. */
  isUp = false

  /** `log`: the file that what it prints is added to. `isReady` is asked until it says yes. */
  constructor(options: {
    script: string
    args?: string[]
    environment?: Record<string, string>
    log: string
    isReady: () => Promise<boolean>
  }) {
    this.#script = options.script
    this.#args = options.args ?? []
    this.#environment = options.environment ?? {}
    this.#log = options.log
    this.#isReady = options.isReady
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    const log = openSync(this.#log, 'a')
    const child = spawn(process.execPath, ['--enable-source-maps', this.#script, ...this.#args], {
      env: { PATH: process.env.PATH, ...this.#environment },
      stdio: ['ignore', log, log],
    })
    this.#child = child
    for (const until = Date.now() + 120_000; Date.now() < until; await sleep(100)) {
      if (child.exitCode !== null) throw new Error(`${this.#script} ended with ${child.exitCode}: see ${this.#log}`)
      if (child.signalCode !== null) return
      if (await this.#isReady().catch(() => false)) {
        this.isUp = true
        return
      }
    }
    throw new Error(`${this.#script} does not answer: see ${this.#log}`)
  }

  /** kill -9: nothing is written, nothing is closed. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    this.kills += 1
    this.isUp = false
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}
