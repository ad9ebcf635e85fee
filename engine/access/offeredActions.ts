import type { ActionView } from '#engine/contract'
import { compileRule, type JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import { can, mayDo, ruleEnvironment } from './permissions.ts'

type RecordData = JsonObject & { id: string }

/** The buttons of the pack's `actions` that this actor has: over the list (`record` null), or on the page of a record. */
export async function offeredActions(ctx: Ctx, entity: EntityInPack, record: RecordData | null): Promise<ActionView[]> {
  const views: ActionView[] = []
  for (const [key, action] of Object.entries(entity.installed.pack.manifest.actions ?? {})) {
    if (action.entity !== entity.key || (action.on === 'record') !== (record !== null)) continue
    if (!(await mayRun(ctx, entity, key, record)) || !fitsRecord(ctx, action.when, record)) continue
    const { title, kind = 'neutral', confirm = null, reason = false } = action
    views.push({ key, title, kind, confirm, reason })
  }
  return views
}

/** The right is the action's own key; the row rules of the entity narrow it for a record. */
export async function mayRun(ctx: Ctx, entity: EntityInPack, key: string, record: RecordData | null): Promise<boolean> {
  return record ? mayDo(ctx, entity, key, record) : can(ctx, entity.key, key)
}

/** Whether the record is one that the action is for now. */
export function fitsRecord(ctx: Ctx, when: string | undefined, record: RecordData | null): boolean {
  return when === undefined || record === null || compileRule(when).test(record, ruleEnvironment(ctx))
}
