import type { Ctx } from '../context.ts'
import { followOrders } from '../order.ts'
import { isDuplicateKey, type AuditSealDoc } from '../persistence/index.ts'
import { batchDigest, NO_SEAL, rowDigest, sealHash } from './sealDigests.ts'

/** Rows of one seal. */
const BATCH = 500
const SEALS_AT_ONCE = 25
/**
 * A transaction that began earlier may commit later, with a smaller sequence: so far behind the head (microseconds) rows
 * are looked for once more. Longer than a transaction may live (60 s).
 */
export const LATE_WINDOW = 90 * 1_000_000

/**
 * Seals the rows that no seal holds yet, in their order, until none is left. Any process may do it at any time: a link
 * has one number and only one process can write it, the others leave it to that one.
 * @returns rows sealed by this call
 */
export async function sealAudit(ctx: Ctx): Promise<number> {
  let head = await followSeals(ctx)
  const sealed = await idsSealedSince(ctx, head)
  let from = head ? head.to - LATE_WINDOW : 0
  let count = 0
  for (;;) {
    const page = await ctx.db.audit.find(
      { sequence: { $gte: from } },
      { sort: { sequence: 1 }, limit: BATCH + 1, fields: ['sequence'] },
    )
    const fresh = page.filter((row) => !sealed.has(row._id)).slice(0, BATCH)
    if (fresh.length > 0) {
      head = await writeSeal(
        ctx,
        head,
        fresh.map((row) => row._id),
      )
      if (!head) return count
      count += fresh.length
      for (const row of fresh) sealed.add(row._id)
    }
    const last = page.at(-1)
    if (!last || page.length <= BATCH) return count
    // Rows with the same sequence stand on both sides of the page's edge; the set keeps them apart.
    from = Math.max(last.sequence, from + (last.sequence === from ? 1 : 0))
  }
}

/** Learns how far the chain has come: rows written from here on come after it, even where the clock was put back. */
export async function followSeals(ctx: Ctx): Promise<AuditSealDoc | null> {
  const head = await lastSeal(ctx)
  if (head) followOrders(ctx, ctx.db, { order: head.to })
  return head
}

export const lastSeal = (ctx: Ctx): Promise<AuditSealDoc | null> =>
  ctx.db.auditSeals.findOne({}, { sort: { number: -1 } })

async function idsSealedSince(ctx: Ctx, head: AuditSealDoc | null): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let below = (head?.number ?? 0) + 1; head && below > 1; below -= SEALS_AT_ONCE) {
    const seals = await ctx.db.auditSeals.find(
      { number: { $lt: below, $gte: below - SEALS_AT_ONCE } },
      { fields: ['to', 'ids'] },
    )
    for (const seal of seals) for (const id of seal.ids) ids.add(id)
    if (seals.some((seal) => seal.to < head.to - LATE_WINDOW)) break
  }
  return ids
}

/** The new head, or null when another process wrote it. */
async function writeSeal(ctx: Ctx, head: AuditSealDoc | null, ids: string[]): Promise<AuditSealDoc | null> {
  const rows = await ctx.db.audit.find({ _id: { $in: ids } })
  rows.sort((a, b) => a.sequence - b.sequence || (a._id < b._id ? -1 : 1))
  const digests = Buffer.concat(rows.map((row) => rowDigest(row as unknown as Record<string, unknown>)))
  const ordered = rows.map((row) => row._id)
  const number = (head?.number ?? 0) + 1
  const facts = {
    number,
    at: ctx.clock.now(),
    from: rows[0]?.sequence ?? 0,
    to: Math.max(head?.to ?? 0, rows.at(-1)?.sequence ?? 0),
    count: rows.length,
    total: (head?.total ?? 0) + rows.length,
    digest: batchDigest(ordered, digests),
    previous: head?.hash ?? NO_SEAL,
  }
  const seal: AuditSealDoc = {
    _id: `${ctx.tenant}:${number}`,
    ...facts,
    ids: ordered,
    digests,
    hash: sealHash(ctx.tenant, facts),
  }
  try {
    await ctx.db.auditSeals.insert(seal)
    return seal
  } catch (error) {
    if (isDuplicateKey(error)) return null
    throw error
  }
}
