import { claim, keepClaim } from '../claim.ts'
import type { Ctx } from '../context.ts'
import type { ExportDoc } from '../persistence/index.ts'

/** Takes the export that waits longest of those with at most so many rows; null when there is none. */
export const claimExport = (ctx: Ctx, mostRows: number): Promise<ExportDoc | null> =>
  claim(ctx, ctx.db.exports, {
    where: { status: 'writing', rows: { $lte: mostRows } },
    sort: { startedAt: 1 },
    inc: { attempts: 1 },
  })

/** Writes how far it is, and keeps the claim. @throws ClaimLost where it was cancelled or taken over */
export const keepExport = (ctx: Ctx, job: ExportDoc, changes: Partial<ExportDoc>): Promise<void> =>
  keepClaim(ctx, ctx.db.exports, job, changes)
