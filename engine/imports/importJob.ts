import { randomUUID } from 'node:crypto'
import type { Ctx } from '../context.ts'
import type { Db, ImportDoc, ImportRowDoc } from '../persistence/index.ts'

/** A claim lasts this long; each batch renews it. A process that dies leaves the import to another one afterwards. */
const LEASE_MS = 30_000

/** Statuses in which an import goes on by itself. */
export const MOVING: ImportDoc['status'][] = ['reading', 'checking', 'applying']

/** Thrown where another process, or the person who cancelled it, took the import over: nothing is written. */
export class ImportLost extends Error {}

/** Takes the import that waits longest; null when none does. Nobody else works on it while the lease lasts. */
export async function claimImport(ctx: Ctx): Promise<ImportDoc | null> {
  const now = ctx.clock.now()
  return ctx.db.imports.findOneAndUpdate(
    { status: { $in: MOVING }, $or: [{ lease: null }, { lease: { $lt: now } }] },
    { $set: { lease: leaseFrom(now), claimedBy: randomUUID(), turnAt: now } },
    { sort: { turnAt: 1 } },
  )
}

const leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** The import as it stands; inside a transaction, as it stands there. @throws ImportLost where it is no longer ours */
export async function currentImport(db: Db, job: ImportDoc): Promise<ImportDoc> {
  const stored = await db.imports.get(job._id)
  if (!stored || stored.claimedBy !== job.claimedBy || stored.status !== job.status) throw new ImportLost()
  return stored
}

/** Writes how far the import is, with what a batch did, in the batch's transaction. @throws ImportLost */
export async function keepProgress(ctx: Ctx, db: Db, job: ImportDoc, changes: Partial<ImportDoc>): Promise<void> {
  const { _id, claimedBy, status } = job
  const lease = leaseFrom(ctx.clock.now())
  const matched = await db.imports.updateOne({ _id, claimedBy, status }, { $set: { lease, ...changes } })
  if (matched === 0) throw new ImportLost()
}

/** Lets the others have their turn. */
export async function releaseImport(ctx: Ctx, job: ImportDoc): Promise<void> {
  await ctx.db.imports.updateOne({ _id: job._id, claimedBy: job.claimedBy }, { $set: { lease: null, claimedBy: null } })
}

/** Puts rows in the place of themselves: two writes instead of one for each row. */
export async function rewriteRows(db: Db, rows: ImportRowDoc[]): Promise<void> {
  if (rows.length === 0) return
  await db.importRows.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } })
  await db.importRows.insertMany(rows)
}
