import { randomUUID } from 'node:crypto'
import type { Ctx } from '../context.ts'
import type { Db, ExportDoc } from '../persistence/index.ts'

/** A claim lasts this long and is renewed while the file is written; a process that dies leaves it to another one. */
const LEASE_MS = 30_000

/** Thrown where the person cancelled it, or another process took it over. */
export class ExportLost extends Error {}

/** Thrown where this process ends: whoever comes next begins the file anew. */
export class ExportPaused extends Error {}

/** Takes the export that waits longest of those with at most so many rows; null when there is none. */
export async function claimExport(ctx: Ctx, mostRows: number): Promise<ExportDoc | null> {
  const now = ctx.clock.now()
  return ctx.db.exports.findOneAndUpdate(
    { status: 'writing', rows: { $lte: mostRows }, $or: [{ lease: null }, { lease: { $lt: now } }] },
    { $set: { lease: leaseFrom(now), claimedBy: randomUUID() }, $inc: { attempts: 1 } },
    { sort: { startedAt: 1 } },
  )
}

const leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** Writes how far it is, and keeps the claim. @throws ExportLost where it is no longer ours */
export async function keepExport(ctx: Ctx, db: Db, job: ExportDoc, changes: Partial<ExportDoc>): Promise<void> {
  const { _id, claimedBy } = job
  const lease = leaseFrom(ctx.clock.now())
  const mine = { _id, claimedBy, status: 'writing' }
  if ((await db.exports.updateOne(mine, { $set: { lease, ...changes } })) === 0) throw new ExportLost()
}
