import type { Ctx } from '../context.ts'
import { deleteBlob } from './blobs.ts'

/**
 * Removes files uploaded before `before` that no record holds: forms that were never sent, uploads cut off. A draft of
 * a form is kept for seven days (FM-D-128), so `before` must be further back. Returns how many went.
 */
export async function removeOrphanFiles(ctx: Ctx, before: Date, limit = 500): Promise<number> {
  const orphans = await ctx.db.fileInfos.find({ 'record.entity': null, uploadedAt: { $lt: before } }, { limit })
  let removed = 0
  for (const { _id, blob, thumb } of orphans) {
    // From here on it cannot be attached; one that was attached since the search stays.
    const isTaken = await ctx.db.fileInfos.updateOne({ _id, 'record.entity': null }, { $set: { status: 'receiving' } })
    if (isTaken === 0) continue
    await deleteBlob(ctx, blob)
    if (thumb) await deleteBlob(ctx, thumb)
    removed += await ctx.db.fileInfos.deleteOne({ _id })
  }
  return removed
}
