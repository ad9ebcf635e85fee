import { demand } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { listOf, SHARING_RIGHT, visibleView } from './savedView.ts'

/** Forgets a view: one's own, or a shared one by those with the right `export`. 404 another person's. */
export async function deleteSavedView(ctx: Ctx, input: { entity: string; id: string }): Promise<void> {
  const { entity, user } = await listOf(ctx, input.entity)
  await ctx.transaction(async (db) => {
    const view = await visibleView(db, user, entity.key, input.id)
    if (view.shared) await demand(ctx, entity.key, SHARING_RIGHT)
    await db.savedViews.deleteOne({ _id: view._id })
    await writeAudit(ctx, db, {
      action: 'view.deleted',
      thing: entity.key,
      label: view.name,
      details: { view: view._id, shared: view.shared },
    })
  })
}
