import type { Ctx } from '../context.ts'
import { claimExport } from './exportJob.ts'
import { tendExports } from './tendExports.ts'
import { ExportPaused, writeExport } from './writeExport.ts'

/** Rows of an export that is written while somebody waits. */
const SHORT = 5_000
/** Exports that this process writes at a time: a long one never keeps the short ones waiting. */
const MOST_AT_ONCE = 3
const MOST_LONG = 1

/** Writes exports beside everything else, for one process. Nothing here rejects. */
export class ExportPool {
  readonly #ctx: Ctx
  readonly #running = new Map<Promise<void>, { isLong: boolean }>()
  readonly #stopping = new AbortController()
  #filling: Promise<void> = Promise.resolve()

  constructor(ctx: Ctx) {
    this.#ctx = ctx
  }

  /** Begins what waits, as far as there is room. */
  fill(): Promise<void> {
    this.#filling = this.#filling.then(() => this.#quietly(() => this.#fill()))
    return this.#filling
  }

  /** Files that are ready are told, and those whose time is over removed. */
  tend(): Promise<void> {
    return this.#quietly(() => tendExports(this.#ctx))
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    do {
      await this.fill()
      await Promise.all(this.#running.keys())
    } while (this.#running.size > 0)
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new ExportPaused())
    await this.#filling
    await Promise.all(this.#running.keys())
  }

  async #fill(): Promise<void> {
    while (!this.#stopping.signal.aborted && this.#running.size < MOST_AT_ONCE) {
      const long = [...this.#running.values()].filter(({ isLong }) => isLong).length
      const job = await claimExport(this.#ctx, long < MOST_LONG ? Infinity : SHORT)
      if (!job) return
      const work = this.#quietly(() => writeExport(this.#ctx, job, this.#stopping.signal)).then(async () => {
        await this.tend()
        this.#running.delete(work)
        // Not waited for: what it begins has its own end.
        void this.fill()
      })
      this.#running.set(work, { isLong: job.rows > SHORT })
    }
  }

  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#ctx.log.error({ error: String(error) }, 'exports')
    }
  }
}
