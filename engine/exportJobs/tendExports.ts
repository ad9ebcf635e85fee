import { unclaimed } from '../claim.ts'
import type { Ctx } from '../context.ts'
import { deleteBlob } from '../files/index.ts'
import { leaveNotice } from '../notify/index.ts'
import type { ExportDoc } from '../persistence/index.ts'

/** Who has not fetched his file by then is not waiting before his screen any more. */
const WAITED_MS = 10_000
/** What became of an export can be asked for this long. */
const REMEMBERED_MS = 30 * 24 * 3600_000

/** Tells the owners who went on working, and removes files whose time is over and what was left of cancelled ones. */
export async function tendExports(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  await ctx.db.exports.updateMany({ status: 'ready', until: { $lte: now } }, { $set: { status: 'expired' } })
  const untold = [{ status: 'failed' }, { status: 'ready', startedAt: { $lte: before(WAITED_MS) } }]
  for (const job of await ctx.db.exports.find({ told: false, $or: untold })) await tell(ctx, job)
  const left = {
    status: { $in: ['failed', 'cancelled', 'expired'] },
    blob: { $ne: null },
    ...unclaimed(now),
  }
  for (const { _id, blob } of await ctx.db.exports.find(left)) {
    await deleteBlob(ctx, blob!)
    await ctx.db.exports.updateOne({ _id }, { $set: { blob: null } })
  }
  const ended = { status: { $in: ['failed', 'cancelled', 'expired'] }, blob: null }
  await ctx.db.exports.deleteMany({ ...ended, startedAt: { $lt: before(REMEMBERED_MS) } })
}

async function tell(ctx: Ctx, job: ExportDoc): Promise<void> {
  const isReady = job.status === 'ready'
  await ctx.transaction(async (db) => {
    const isOurs = (await db.exports.updateOne({ _id: job._id, told: false }, { $set: { told: true } })) === 1
    if (!isOurs || (isReady && job.fetchedAt !== null)) return
    await leaveNotice(ctx, db, {
      user: job.user,
      subject: isReady ? 'Su archivo está listo' : 'No se pudo exportar',
      text: isReady
        ? `${job.title}: ${job.name}, ${job.done.toLocaleString('es-PE')} registros. Puede descargarlo durante 24 horas.`
        : `${job.title}: ${job.problem ?? ''}`,
      link: `/exportaciones?id=${job._id}`,
      urgency: isReady ? 'info' : 'act',
    })
  })
}
