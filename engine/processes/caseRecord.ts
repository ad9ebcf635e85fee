import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { InstanceDoc } from '../persistence/index.ts'

/** The data of the record that a case is about, with its id; null when it is about none. */
export async function caseRecord(
  ctx: Ctx,
  instance: Pick<InstanceDoc, 'record'>,
): Promise<(JsonObject & { id: string }) | null> {
  if (!instance.record) return null
  const stored = await ctx.db.records(instance.record.entity).get(instance.record.id)
  return stored ? { ...stored.data, id: stored._id } : null
}
