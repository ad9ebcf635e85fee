import type { ExportView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { readBlob } from '../files/index.ts'
import type { ExportDoc } from '../persistence/index.ts'
import { exportView } from './exportView.ts'
import { demandExport, requestOf } from './planExport.ts'

const SHOWN = 20

/** The latest exports of this person, the newest first. */
export async function findExports(ctx: Ctx): Promise<ExportView[]> {
  const mine = { user: ctx.actor.id ?? '' }
  const jobs = await ctx.db.exports.find(mine, { sort: { startedAt: -1 }, limit: SHOWN })
  return jobs.map(exportView)
}

/** One export. 404 for somebody else's. */
export async function getExport(ctx: Ctx, id: string): Promise<ExportView> {
  return exportView(await ownExport(ctx, id))
}

/** Ends an export of one's own: nothing of the file stays. @throws 404, 409 `export.moved` when it has ended already */
export async function cancelExport(ctx: Ctx, id: string): Promise<ExportView> {
  const { _id } = await ownExport(ctx, id)
  const cancelled = { status: 'cancelled', endedAt: ctx.clock.now(), claimedBy: null, told: true }
  const job = await ctx.db.exports.findOneAndUpdate({ _id, status: 'writing' }, { $set: cancelled })
  if (!job) throw new CauceError('export.moved')
  return exportView(job)
}

/**
 * The file, for its owner alone and only while he may still export. @throws 403, 404 for somebody else's, 410
 * `export.gone` when it is not there (any more)
 */
export async function openExport(ctx: Ctx, id: string): Promise<{ job: ExportDoc; stream: NodeJS.ReadableStream }> {
  const job = await ownExport(ctx, id)
  await demandExport(ctx, requestOf(job))
  const now = ctx.clock.now()
  if (job.status !== 'ready' || job.blob === null || !job.until || job.until <= now) throw new CauceError('export.gone')
  await ctx.db.exports.updateOne({ _id: job._id }, { $set: { fetchedAt: now } })
  return { job, stream: readBlob(ctx, job.blob) }
}

async function ownExport(ctx: Ctx, id: string): Promise<ExportDoc> {
  const job = await ctx.db.exports.findOne({ _id: id, user: ctx.actor.id ?? '' })
  if (!job) throw new CauceError('thing.not-found')
  return job
}
