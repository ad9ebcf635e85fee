import { randomUUID } from 'node:crypto'
import type { ExportView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { countRows, fileNameOf, noteExport } from '../exports/index.ts'
import type { ExportDoc } from '../persistence/index.ts'
import { exportView } from './exportView.ts'
import { planExport, type ExportRequest } from './planExport.ts'

/** Exports of one person that may be under way at a time. */
const MOST_OPEN = 3
/** Files of one person that are kept at a time: a newer one takes the place of the oldest. */
const MOST_KEPT = 10

/**
 * Asks for a file that is written in the background; it is audited now, for from here on its owner gets it. @throws 400,
 * 403, 404 as every export, 422 `export.too-many` before anything begins, 429 with too many under way
 */
export async function beginExport(ctx: Ctx, request: ExportRequest): Promise<ExportView> {
  const startedAt = ctx.clock.now()
  const plan = await planExport(ctx, request, startedAt)
  const rows = await countRows(plan)
  const user = ctx.actor.id ?? ''
  if ((await ctx.db.exports.count({ user, status: 'writing' }, MOST_OPEN)) >= MOST_OPEN) {
    throw new CauceError('export.too-many-open', { max: MOST_OPEN })
  }
  const job: ExportDoc = {
    _id: randomUUID(),
    entity: plan.audit.entity ?? null,
    title: plan.title,
    user,
    ip: ctx.actor.ip,
    userAgent: ctx.actor.userAgent,
    request: JSON.stringify(request),
    format: request.format,
    name: fileNameOf(ctx, plan),
    status: 'writing',
    rows,
    done: 0,
    size: 0,
    blob: null,
    attempts: 0,
    problem: null,
    startedAt,
    endedAt: null,
    until: null,
    fetchedAt: null,
    told: false,
    lease: null,
    claimedBy: null,
  }
  await ctx.transaction(async (db) => {
    await db.exports.insert(job)
    await noteExport(ctx, db, plan, rows)
  })
  await dropOldest(ctx, user)
  return exportView(job)
}

async function dropOldest(ctx: Ctx, user: string): Promise<void> {
  const kept = { user, status: 'ready' }
  const old = await ctx.db.exports.find(kept, { sort: { startedAt: -1 }, skip: MOST_KEPT - 1, fields: ['_id'] })
  if (old.length === 0) return
  const ids = old.map(({ _id }) => _id)
  await ctx.db.exports.updateMany({ ...kept, _id: { $in: ids } }, { $set: { status: 'expired' } })
}
