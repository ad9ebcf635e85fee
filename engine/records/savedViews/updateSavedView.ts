import type { SavedViewView } from '#engine/contract'
import { demand } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  cleaned,
  demandName,
  listOf,
  savedViewView,
  SHARING_RIGHT,
  visibleView,
  type SavedViewContent,
} from './savedView.ts'

export interface UpdateSavedViewInput extends Partial<SavedViewContent> {
  entity: string
  id: string
  shared?: boolean
  /** The list opens with it, for this person. */
  isDefault?: boolean
}

/**
 * Changes a view, or makes it the one a list opens with. What everybody sees is changed by those with the right
 * `export`; being somebody's default is his own affair. 404 another person's view.
 */
export async function updateSavedView(ctx: Ctx, input: UpdateSavedViewInput): Promise<SavedViewView> {
  const { entity, user } = await listOf(ctx, input.entity)
  const { isDefault, name, search, columns, shared } = input
  const changes = [name, search, columns, shared].some((part) => part !== undefined)
  const changed = await ctx.transaction(async (db) => {
    // One after the other: a name is taken once.
    await db.next('savedViews')
    const view = await visibleView(db, user, entity.key, input.id)
    if (changes && (view.shared || shared)) await demand(ctx, entity.key, SHARING_RIGHT)
    // Taking a shared view for oneself would take it from the others.
    if (shared === false && view.shared && view.owner !== user) throw new CauceError('access.denied')
    const next = {
      ...view,
      ...cleaned(ctx, entity, {
        name: name?.trim() ?? view.name,
        search: search ?? view.search,
        columns: columns === undefined ? view.columns : columns,
      }),
      shared: shared ?? view.shared,
      defaultFor: othersOf(view.defaultFor, user).concat((isDefault ?? view.defaultFor.includes(user)) ? [user] : []),
      updatedAt: ctx.clock.now(),
    }
    // Whoever opened the list with it cannot see it any more.
    if (!next.shared) next.defaultFor = next.defaultFor.filter((other) => other === next.owner)
    if (changes) await demandName(db, next)
    if (isDefault)
      await db.savedViews.updateMany({ entity: entity.key, defaultFor: user }, { $pull: { defaultFor: user } })
    const { _id, ...fields } = next
    await db.savedViews.updateOne({ _id }, { $set: fields })
    if (changes)
      await writeAudit(ctx, db, {
        action: 'view.updated',
        thing: entity.key,
        label: next.name,
        details: { view: _id, shared: next.shared, search: next.search },
      })
    return next
  })
  return savedViewView(ctx, entity, changed)
}

const othersOf = (users: string[], user: string): string[] => users.filter((other) => other !== user)
