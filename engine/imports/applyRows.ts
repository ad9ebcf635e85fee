import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db, ImportDoc, ImportRowDoc } from '../persistence/index.ts'
import { endImport } from './endImport.ts'
import { currentImport, keepProgress, rewriteRows } from './importJob.ts'
import { isSaved, issuesOf, saveAll, saveTogether, type SaveResult } from './saveTogether.ts'

const BATCH = 100
/** One transaction of many records must not lose its claim while it runs. */
const WHOLE_LEASE_MS = 5 * 60_000
/** Records that go in or stay out as one transaction: a database gives one about a minute. */
export const MOST_AT_ONCE = 500

type Head = ImportRowDoc & { data: JsonObject }

/**
 * Makes records of the rows that were checked. What a batch writes, its rows and the place where the import stands are one
 * transaction: after a crash the next process goes on behind it, and no row is written twice. True: it ended.
 */
export async function applyRows(ctx: Ctx, entity: EntityInPack, job: ImportDoc, deadline: number): Promise<boolean> {
  const isWhole = job.mode === 'all' && job.counts.new + job.counts.changed <= MOST_AT_ONCE
  while (performance.now() < deadline) {
    const { cursor } = await currentImport(ctx.db, job)
    const waiting = { import: job._id, outcome: { $in: ['new', 'changed'] }, applied: false, number: { $gt: cursor } }
    const accepted = job.warned ? waiting : { ...waiting, warned: { $ne: true } }
    const limit = isWhole ? MOST_AT_ONCE : BATCH
    const heads = (await ctx.db.importRows.find(accepted, { sort: { number: 1 }, limit })) as Head[]
    if (heads.length === 0) {
      await ctx.transaction((db) => endImport(ctx, db, job, { status: 'done' }))
      return true
    }
    if (isWhole) {
      const lease = new Date(ctx.clock.now().getTime() + WHOLE_LEASE_MS)
      await keepProgress(ctx, ctx.db, job, { lease })
    }
    if (job.mode === 'all') {
      if (!(await applyOrStop(ctx, entity, job, heads))) return true
    } else {
      const finish = (db: Db, units: Head[], results: SaveResult[]): Promise<void> =>
        noteApplied(ctx, db, job, units, results)
      await saveTogether(ctx, entity, heads, { warned: job.warned, finish })
    }
  }
  return false
}

/** Writes these rows together. When one is refused none of them is written and the import stops there: false. */
async function applyOrStop(ctx: Ctx, entity: EntityInPack, job: ImportDoc, heads: Head[]): Promise<boolean> {
  let at: Head | undefined
  try {
    await ctx.transaction(async (db) => {
      const results = await saveAll(ctx, db, entity, heads, { warned: job.warned }, (head) => {
        at = head
      })
      await noteApplied(ctx, db, job, heads, results)
    })
    return true
  } catch (error) {
    const issues = issuesOf(error)
    const refused = at
    if (!issues || !refused) throw error
    await ctx.transaction(async (db) => {
      await noteApplied(ctx, db, job, [refused], [{ issues }])
      const problem = `La fila ${refused.number} ya no se puede importar: ${issues[0]?.message ?? ''}`
      await endImport(ctx, db, job, { status: 'stopped', problem })
    })
    return false
  }
}

/** In the transaction that wrote them: the rows with their records, and how far the import is. */
async function noteApplied(ctx: Ctx, db: Db, job: ImportDoc, heads: Head[], results: SaveResult[]): Promise<void> {
  const counts = { ...(await currentImport(db, job)).counts }
  const rows = heads.map((head, index): ImportRowDoc => {
    const result = results[index]!
    if (isSaved(result)) {
      counts.applied += 1
      return { ...head, applied: true, record: result.record._id }
    }
    counts.errors += 1
    counts[head.outcome as 'new' | 'changed'] -= 1
    if (head.warned) counts.warned -= 1
    return { ...head, outcome: 'error', warned: false, issues: result.issues }
  })
  await rewriteRows(db, rows)
  await keepProgress(ctx, db, job, { counts, cursor: heads.at(-1)!.number })
}
