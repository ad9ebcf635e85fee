import { pipeline } from 'node:stream/promises'
import { laterContext } from '../access/index.ts'
import { ClaimLost } from '../claim.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { streamOf } from '../exports/index.ts'
import { deleteBlob, newBlob } from '../files/index.ts'
import { isContended, isStoreGone, type ExportDoc } from '../persistence/index.ts'
import { keepExport } from './exportJob.ts'
import { planExport, requestOf } from './planExport.ts'

/** How often it says how far it is, and asks whether it shall go on. */
const BEAT_MS = 500
/** A file is kept for its owner this long. */
const KEPT_MS = 24 * 3600_000
/** Beyond this it is the export that ends the processes, not chance. */
const MOST_ATTEMPTS = 3

/** Why an export stops where this process ends: whoever comes next begins the file anew. */
export class ExportPaused extends Error {}

/**
 * Writes the file of an export that was claimed. It begins anew after a crash, and where `signal` is aborted with
 * ExportPaused. Rejects only where the store is gone.
 */
export async function writeExport(ctx: Ctx, job: ExportDoc, signal: AbortSignal): Promise<void> {
  try {
    if (job.blob !== null) await deleteBlob(ctx, job.blob)
    if (job.attempts > MOST_ATTEMPTS) throw new Error('begun too often')
    await write(ctx, job, signal)
  } catch (error) {
    if (error instanceof ClaimLost) return
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
  const progress = { done: 0 }
  const ending = new AbortController()
  const end = AbortSignal.any([signal, ending.signal])
  // From the first: what is worked out before the first row may take long too.
  const beat = setInterval(() => {
    keepExport(ctx, job, { ...progress }).catch((why: unknown) => ending.abort(why))
  }, BEAT_MS)
  try {
    await writeFile(ctx, job, end, progress)
  } catch (error) {
    throw end.aborted ? end.reason : error
  } finally {
    clearInterval(beat)
  }
}

async function writeFile(ctx: Ctx, job: ExportDoc, end: AbortSignal, progress: { done: number }): Promise<void> {
  const own = await laterContext(ctx, job)
  const plan = await planExport(own, requestOf(job), job.startedAt)
  const { blob, stream } = newBlob(ctx, job.name)
  await keepExport(ctx, job, { blob, done: 0 })
  try {
    const rows = streamOf(own, plan, job.rows, (records) => {
      progress.done += records
    })
    await pipeline(rows, stream, { signal: end })
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + KEPT_MS)
    const { done } = progress
    const ready = { status: 'ready' as const, rows: done, done, size: stream.length, endedAt: now, until, lease: null }
    await keepExport(ctx, job, ready)
  } catch (error) {
    // Nothing stays of a file that nobody will fetch.
    await deleteBlob(ctx, blob)
    await ctx.db.exports.updateOne({ _id: job._id, blob }, { $set: { blob: null } })
    throw error
  }
}

/** What the rights say ends it in their words; anything else is written down for who runs the product. */
async function giveUp(ctx: Ctx, job: ExportDoc, error: unknown): Promise<void> {
  const isKnown = error instanceof CauceError && error.status < 500
  if (!isKnown) ctx.log.error({ export: job._id, error: error instanceof Error ? error.stack : error }, 'export failed')
  const problem = isKnown ? error.message : 'No se pudo escribir el archivo. Ya quedó registrado: inténtelo de nuevo.'
  try {
    const failed = { status: 'failed' as const, problem, endedAt: ctx.clock.now(), lease: null }
    await keepExport(ctx, job, failed)
  } catch (failure) {
    if (!(failure instanceof ClaimLost)) throw failure
  }
}
