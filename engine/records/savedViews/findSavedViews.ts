import type { SavedViewView } from '#engine/contract'
import type { Ctx } from '../../context.ts'
import { listOf, MOST_VIEWS, savedViewView, visibleTo } from './savedView.ts'

/** The views of a list that this person has: his own and the shared ones, by name. 404 for a list he may not read. */
export async function findSavedViews(ctx: Ctx, key: string): Promise<SavedViewView[]> {
  const { entity, user } = await listOf(ctx, key)
  const views = await ctx.db.savedViews.find(
    { entity: key, ...visibleTo(user) },
    { sort: { name: 1 }, limit: 4 * MOST_VIEWS },
  )
  return Promise.all(views.map((view) => savedViewView(ctx, entity, view)))
}
