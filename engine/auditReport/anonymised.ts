import type { Ctx } from '../context.ts'
import type { AuditDoc } from '../persistence/index.ts'

/** What is shown instead of a value that was somebody's. */
export const TAKEN_AWAY = '•••'

/**
 * Of the records that rows are about, those of people whose data was taken away. The rows themselves never change; what
 * they say of these people is not shown any more.
 */
export async function anonymisedIn(ctx: Ctx, rows: AuditDoc[]): Promise<Set<string>> {
  const ids = [...new Set(rows.map((row) => row.record).filter((id) => id !== null))]
  if (ids.length === 0) return new Set()
  const users = await ctx.db.users.find(
    { _id: { $in: ids }, anonymisedAt: { $ne: null } },
    { fields: ['anonymisedAt'] },
  )
  return new Set(users.map((user) => user._id))
}
