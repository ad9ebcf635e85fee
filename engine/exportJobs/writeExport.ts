import { pipeline } from 'node:stream/promises'
import { laterContext } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { streamOf } from '../exports/index.ts'
import { deleteBlob, newBlob } from '../files/index.ts'
import { isContended, isStoreGone, type ExportDoc } from '../persistence/index.ts'
import { ExportLost, ExportPaused, keepExport } from './exportJob.ts'
import { planExport, type ExportRequest } from './planExport.ts'

/** How often it says how far it is, and asks whether it shall go on. */
const BEAT_MS = 500
/** A file is kept for its owner this long. */
const KEPT_MS = 24 * 3600_000
/** Beyond this it is the export that ends the processes, not chance. */
const MOST_ATTEMPTS = 3

/** Writes the file of an export that was claimed. It begins anew after a crash. Rejects only where the store is gone. */
export async function writeExport(ctx: Ctx, job: ExportDoc, signal: AbortSignal): Promise<void> {
  try {
    if (job.blob !== null) await deleteBlob(ctx, job.blob)
    if (job.attempts > MOST_ATTEMPTS) throw new Error('begun too often')
    await write(ctx, job, signal)
  } catch (error) {
    if (error instanceof ExportLost) return
    if (error instanceof ExportPaused) {
      await ctx.db.exports.updateOne(
        { _id: job._id, claimedBy: job.claimedBy },
        { $set: { lease: null, claimedBy: null, blob: null, done: 0 }, $inc: { attempts: -1 } },
      )
      return
    }
    if (isStoreGone(error) || isContended(error)) throw error
    await giveUp(ctx, job, error)
  }
}

async function write(ctx: Ctx, job: ExportDoc, signal: AbortSignal): Promise<void> {
  const own = await laterContext(ctx, job)
  let done = 0
  const plan = await planExport(own, JSON.parse(job.request) as ExportRequest, (records) => {
    done += records
  })
  const { blob, stream } = newBlob(ctx, job.name)
  await keepExport(ctx, ctx.db, job, { blob, done: 0 })
  const ending = new AbortController()
  let reason: unknown = null
  const end = (why: unknown): void => {
    reason ??= why
    ending.abort()
  }
  const pause = (): void => {
    end(new ExportPaused())
  }
  signal.addEventListener('abort', pause, { once: true })
  const beat = setInterval(() => void keepExport(ctx, ctx.db, job, { done }).catch(end), BEAT_MS)
  try {
    if (signal.aborted) pause()
    await pipeline(streamOf(own, plan, job.rows), stream, { signal: ending.signal })
    clearInterval(beat)
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + KEPT_MS)
    const ready = { status: 'ready' as const, rows: done, done, size: stream.length, endedAt: now, until, lease: null }
    await keepExport(ctx, ctx.db, job, ready)
  } catch (error) {
    // Nothing stays of a file that nobody will fetch.
    await deleteBlob(ctx, blob)
    await ctx.db.exports.updateOne({ _id: job._id, blob }, { $set: { blob: null } })
    throw reason ?? error
  } finally {
    clearInterval(beat)
    signal.removeEventListener('abort', pause)
  }
}

/** What the rights say ends it in their words; anything else is written down for who runs the product. */
async function giveUp(ctx: Ctx, job: ExportDoc, error: unknown): Promise<void> {
  const isKnown = error instanceof CauceError && error.status < 500
  if (!isKnown) ctx.log.error({ export: job._id, error: error instanceof Error ? error.stack : error }, 'export failed')
  const problem = isKnown ? error.message : 'No se pudo escribir el archivo. Ya quedó registrado: inténtelo de nuevo.'
  try {
    const failed = { status: 'failed' as const, problem, endedAt: ctx.clock.now(), lease: null }
    await keepExport(ctx, ctx.db, job, failed)
  } catch (failure) {
    if (!(failure instanceof ExportLost)) throw failure
  }
}
