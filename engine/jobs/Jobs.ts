import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Ctx } from '../context.ts'
import { ExportPool } from '../exportJobs/index.ts'
import { removeOrphanFiles } from '../files/index.ts'
import { workOffImports } from '../imports/index.ts'
import { deliverOutbox } from './deliverOutbox.ts'
import { fireDueTimers } from './fireDueTimers.ts'
import { runDueActions } from './runDueActions.ts'
import { sealAudit } from './sealAudit.ts'

/** How often agenda looks for due jobs, in milliseconds (a number: text is parsed wrongly by this version). */
const PROCESS_EVERY_MS = 5_000
/** A job that another process left locked is taken over after this; agenda also keeps a timer of half of it per run. */
const LOCK_MS = 30_000
/** Rows of the audit wait at most this long for their seal. */
const SEAL_EVERY_MS = 4_000

/**
 * Wakes the operations that work off what commits left behind. Agenda only wakes them: what is due stands in our own
 * collections, so that a lost wake-up costs seconds, never a mail.
 */
export class Jobs {
  readonly #ctx: Ctx
  #agenda: Agenda | null = null
  #running: Promise<void> | null = null
  #again = false
  #stopped = false
  #acting: Promise<void> | null = null
  #importing: Promise<void> | null = null
  #importAgain = false
  readonly #exports: ExportPool
  #sealing: Promise<void> | null = null
  #sealTimer: NodeJS.Timeout | undefined

  constructor(ctx: Ctx) {
    this.#ctx = ctx
    this.#exports = new ExportPool(ctx)
  }

  async start(): Promise<void> {
    const database = this.#ctx.store.connection.db
    if (!database) throw new Error('not connected')
    const agenda = new Agenda({
      backend: new MongoBackend({ mongo: database }),
      processEvery: PROCESS_EVERY_MS,
      defaultLockLifetime: LOCK_MS,
    })
    agenda.on('error', (error: unknown) => this.#ctx.log.error({ error: String(error) }, 'agenda'))
    // Not waited for: agenda would give up on a long round of work, although nobody else does it meanwhile.
    agenda.define('wake', () => {
      void this.wake()
    })
    agenda.define('removeOrphanFiles', async () => {
      // Drafts of forms are kept for seven days, and may hold files.
      await removeOrphanFiles(this.#ctx, new Date(this.#ctx.clock.now().getTime() - 8 * 24 * 3600_000))
    })
    agenda.define('tendExports', async () => this.#exports.tend())
    agenda.define('runDueActions', async () => this.runDueActions())
    await agenda.start()
    await agenda.every('10 seconds', 'wake')
    await agenda.every('10 seconds', 'tendExports')
    await agenda.every('30 seconds', 'runDueActions')
    await agenda.every('6 hours', 'removeOrphanFiles')
    this.#agenda = agenda
    this.#sealTimer = setInterval(() => void this.sealAudit(), SEAL_EVERY_MS).unref()
  }

  /** Seals the audit now. In every process: each has to know how far the chain has come. Never rejects. */
  async sealAudit(): Promise<void> {
    this.#sealing ??= sealAudit(this.#ctx)
      .catch((error: unknown) => {
        if (!this.#stopped) this.#ctx.log.error({ error: String(error) }, 'the audit could not be sealed')
      })
      .finally(() => {
        this.#sealing = null
      })
    return this.#sealing
  }

  /** Calls the actions that are due now. They wait for other servers, so that nothing waits for them. Never rejects. */
  async runDueActions(): Promise<void> {
    if (this.#stopped) return
    this.#acting ??= runDueActions(this.#ctx)
      .then(async (ran) => {
        if (ran > 0) await this.wake()
      })
      .catch((error: unknown) => {
        if (!this.#stopped) this.#ctx.log.error({ error: String(error) }, 'actions')
      })
      .finally(() => {
        this.#acting = null
      })
    return this.#acting
  }

  /** Goes on with imports. They take their time, so that nothing waits for them. Never rejects. */
  async workOffImports(): Promise<void> {
    if (this.#stopped) return
    this.#importAgain = true
    this.#importing ??= this.#import().finally(() => {
      this.#importing = null
    })
    return this.#importing
  }

  async #import(): Promise<void> {
    for (;;) {
      this.#importAgain = false
      try {
        await workOffImports(this.#ctx, () => this.#stopped)
      } catch (error) {
        if (!this.#stopped) this.#ctx.log.error({ error: String(error) }, 'imports')
      }
      if (!this.#isImportAsked()) return
    }
  }

  #isImportAsked(): boolean {
    return this.#importAgain && !this.#stopped
  }

  /** Writes the exports that wait, and tends those that ended. Never rejects. */
  async workOffExports(): Promise<void> {
    await this.#exports.idle()
    await this.#exports.tend()
  }

  /** Works off timers and outbox now; a call during the work makes it look once more. Never rejects. */
  async wake(): Promise<void> {
    if (this.#stopped) return
    void this.workOffImports()
    void this.#exports.fill()
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#work().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#again = false
      try {
        await fireDueTimers(this.#ctx)
        await deliverOutbox(this.#ctx)
      } catch (error) {
        if (!this.#stopped) this.#ctx.log.error({ error: String(error) }, 'jobs')
      }
      if (!this.#isCalledAgain()) return
    }
  }

  #isCalledAgain(): boolean {
    return this.#again && !this.#stopped
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#sealTimer)
    await this.#sealing
    await this.#acting
    await this.#importing
    await this.#exports.stop()
    await this.#agenda?.stop()
    await this.#running
  }
}
