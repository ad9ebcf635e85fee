import { claim, ClaimLost, keepClaim } from '../claim.ts'
import type { Ctx } from '../context.ts'
import type { Db, ImportDoc, ImportRowDoc } from '../persistence/index.ts'

/** Statuses in which an import goes on by itself. */
export const MOVING: ImportDoc['status'][] = ['reading', 'checking', 'applying']

/** So many rows, of which nothing is known yet. */
export const countsOf = (rows: number): ImportDoc['counts'] => ({
  ...{ rows, new: 0, changed: 0, same: 0, errors: 0, warned: 0, applied: 0 },
})

/** Takes the import that waits longest; null when none does. Nobody else works on it while the lease lasts. */
export const claimImport = (ctx: Ctx): Promise<ImportDoc | null> =>
  claim(ctx, ctx.db.imports, {
    where: { status: { $in: MOVING } },
    sort: { turnAt: 1 },
    set: { turnAt: ctx.clock.now() },
  })

/** The import as it stands; inside a transaction, as it stands there. @throws ClaimLost where it is no longer ours */
export async function currentImport(db: Db, job: ImportDoc): Promise<ImportDoc> {
  const stored = await db.imports.get(job._id)
  if (!stored || stored.claimedBy !== job.claimedBy || stored.status !== job.status) throw new ClaimLost()
  return stored
}

/** Writes how far the import is, with what a batch did, in the batch's transaction. @throws ClaimLost */
export const keepProgress = (ctx: Ctx, db: Db, job: ImportDoc, changes: Partial<ImportDoc>): Promise<void> =>
  keepClaim(ctx, db.imports, job, changes)

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
