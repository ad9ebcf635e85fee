import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import type { Filter, TenantCollection } from './persistence/index.ts'

/** A claim lasts this long and is renewed while the work goes on; a process that dies leaves the work to another one. */
const LEASE_MS = 30_000

/** Work that goes on without whoever asked for it, in one process at a time. */
interface Claimable {
  _id: string
  status: string
  lease: Date | null
  claimedBy: string | null
}

/** Thrown where another process, or the person who cancelled it, took the work over: nothing is written. */
export class ClaimLost extends Error {}

export const leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** What nobody works on. */
export const unclaimed = (now: Date): Filter => ({ $or: [{ lease: null }, { lease: { $lt: now } }] })

/** Takes the first of those that wait; null when none does. Nobody else gets it while the lease lasts. */
export async function claim<T extends Claimable>(
  ctx: Ctx,
  works: TenantCollection<T>,
  { where, sort, set, inc }: { where: Filter; sort: Record<string, 1>; set?: object; inc?: Record<string, number> },
): Promise<T | null> {
  const now = ctx.clock.now()
  return works.findOneAndUpdate(
    { ...where, ...unclaimed(now) },
    { $set: { lease: leaseFrom(now), claimedBy: randomUUID(), ...set }, ...(inc ? { $inc: inc } : {}) },
    { sort },
  )
}

/** Writes how far the work is, and keeps the claim. @throws ClaimLost where it is no longer ours */
export async function keepClaim<T extends Claimable>(
  ctx: Ctx,
  works: TenantCollection<T>,
  { _id, claimedBy, status }: T,
  changes: Partial<T>,
): Promise<void> {
  const lease = leaseFrom(ctx.clock.now())
  if ((await works.updateOne({ _id, claimedBy, status }, { $set: { lease, ...changes } })) === 0) throw new ClaimLost()
}
