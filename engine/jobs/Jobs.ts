import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Ctx } from '../context.ts'
import { ExportPool } from '../exportJobs/index.ts'
import { removeOrphanFiles } from '../files/index.ts'
import { workOffImports } from '../imports/index.ts'
import { deliverOutbox } from './deliverOutbox.ts'
import { fireDueTimers } from './fireDueTimers.ts'
import { Rounds } from './Rounds.ts'
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
  #stopped = false
  readonly #exports: ExportPool
  readonly #waking = this.#rounds('jobs', async () => {
    await fireDueTimers(this.#ctx)
    await deliverOutbox(this.#ctx)
  })
  readonly #importing = this.#rounds('imports', async () => {
    await workOffImports(this.#ctx, () => this.#stopped)
  })
  readonly #acting = this.#rounds('actions', async () => {
    if ((await runDueActions(this.#ctx)) > 0) await this.wake()
  })
  readonly #sealing = this.#rounds('the audit could not be sealed', async () => {
    await sealAudit(this.#ctx)
  })
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
    return this.#sealing.run()
  }

  /** Calls the actions that are due now. They wait for other servers, so that nothing waits for them. Never rejects. */
  async runDueActions(): Promise<void> {
    return this.#acting.run()
  }

  /** Goes on with imports. They take their time, so that nothing waits for them. Never rejects. */
  async workOffImports(): Promise<void> {
    return this.#importing.run()
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
    return this.#waking.run()
  }

  /** Rounds of a work that is given up when everything stops; what fails is written down under `name`. */
  #rounds(name: string, work: () => Promise<void>): Rounds {
    return new Rounds(async () => {
      try {
        if (!this.#stopped) await work()
      } catch (error) {
        if (!this.#stopped) this.#ctx.log.error({ error: String(error) }, name)
      }
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#sealTimer)
    await this.#sealing.idle()
    await this.#acting.idle()
    await this.#importing.idle()
    await this.#exports.stop()
    await this.#agenda?.stop()
    await this.#waking.idle()
  }
}
