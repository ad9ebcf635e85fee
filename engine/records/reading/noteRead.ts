import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { kept } from '../../kept.ts'
import { entityOf } from '../../packs/index.ts'

/** Pages ask again by themselves: within this time it is the same look. */
const SAME_LOOK_MS = 60_000
const MOST = 10_000

/** Latest looks of this process. */
const looksOf = kept('looks', () => new Map<string, number>())

/**
 * Writes a look at a record, or at the list of its kind (`id` null), into the audit, where the entity says that looks
 * count (`x-audit`). The same person looking again within a minute counts once. Call it after the rights were checked.
 */
export async function noteRead(ctx: Ctx, entityKey: string, id: string | null): Promise<void> {
  const { actor } = ctx
  if (actor.front === null || entityKey.startsWith('$')) return
  const { definition } = await entityOf(ctx, entityKey)
  const reads = definition['x-audit']?.reads
  if (reads !== 'all' && reads !== actor.front) return
  if (isSameLook(ctx, `${actor.id}:${actor.ip}:${entityKey}:${id}`)) return
  await writeAudit(ctx, ctx.db, {
    action: id === null ? 'list.viewed' : 'record.viewed',
    entity: entityKey,
    record: id,
  })
}

function isSameLook(ctx: Ctx, key: string): boolean {
  const known = looksOf(ctx)
  const now = ctx.clock.now().getTime()
  const before = known.get(key)
  if (before !== undefined && before <= now && now - before < SAME_LOOK_MS) return true
  if (known.size >= MOST) known.clear()
  known.set(key, now)
  return false
}
