import { laterContext } from '../access/index.ts'
import { ClaimLost } from '../claim.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { isContended, isStoreGone, type ImportDoc } from '../persistence/index.ts'
import { applyRows } from './applyRows.ts'
import { checkRows } from './checkRows.ts'
import { demandImport } from './demandImport.ts'
import { endImport } from './endImport.ts'
import { claimImport, releaseImport } from './importJob.ts'
import { readRows } from './readRows.ts'

/** One import works this long before the one that waits longest has its turn. */
const TURN_MS = 3_000

/**
 * Goes on with the imports under way until none is left, each a turn at a time. Several processes may do this at once.
 * `isStopped` is asked between turns. Returns how many turns it took.
 */
export async function workOffImports(ctx: Ctx, isStopped: () => boolean = () => false): Promise<number> {
  for (let turns = 0; ; turns++) {
    const job = isStopped() ? null : await claimImport(ctx)
    if (!job) return turns
    await takeTurn(ctx, job)
  }
}

async function takeTurn(ctx: Ctx, job: ImportDoc): Promise<void> {
  try {
    const own = await laterContext(ctx, job)
    const entity = await demandImport(own, job.entity)
    const deadline = performance.now() + TURN_MS
    if (job.status === 'reading') await readRows(own, entity, job)
    else if (job.status === 'checking') await checkRows(own, entity, job, deadline)
    else await applyRows(own, entity, job, deadline)
    await releaseImport(ctx, job)
  } catch (error) {
    if (error instanceof ClaimLost) return
    await giveUp(ctx, job, error)
  }
}

/** What is wrong with the file or the rights ends the import in its own words; a store that is busy or gone is waited for. */
async function giveUp(ctx: Ctx, job: ImportDoc, error: unknown): Promise<void> {
  const isPassing = isStoreGone(error) || isContended(error)
  ctx.log.warn({ import: job._id, status: job.status, error: String(error) }, 'import did not go on')
  if (isPassing) return
  const isKnown = error instanceof CauceError && error.status < 500
  if (!isKnown) ctx.log.error({ import: job._id, error: error instanceof Error ? error.stack : error }, 'import failed')
  const problem = isKnown ? error.message : 'Ocurrió un error inesperado. Ya quedó registrado.'
  try {
    await ctx.transaction((db) => endImport(ctx, db, job, { status: 'failed', problem }))
  } catch (failure) {
    if (!(failure instanceof ClaimLost)) throw failure
  }
}
