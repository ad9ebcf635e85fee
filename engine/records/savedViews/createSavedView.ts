import { randomUUID } from 'node:crypto'
import type { SavedViewView } from '#engine/contract'
import { demand } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { SavedViewDoc } from '../../persistence/index.ts'
import {
  cleaned,
  demandName,
  listOf,
  MOST_VIEWS,
  savedViewView,
  SHARING_RIGHT,
  type SavedViewContent,
} from './savedView.ts'

export interface CreateSavedViewInput extends SavedViewContent {
  entity: string
  /** For everybody who reads the list; 403 without the right `export`. */
  shared: boolean
}

/** Keeps what a list shows under a name. 404 a list he may not read, 403 to share, 422 a name that is taken. */
export async function createSavedView(ctx: Ctx, input: CreateSavedViewInput): Promise<SavedViewView> {
  const { entity, user } = await listOf(ctx, input.entity)
  if (input.shared) await demand(ctx, entity.key, SHARING_RIGHT)
  const view: SavedViewDoc = {
    _id: randomUUID(),
    entity: entity.key,
    owner: user,
    ownerName: ctx.actor.name,
    shared: input.shared,
    ...cleaned(ctx, entity, { ...input, name: input.name.trim() }),
    defaultFor: [],
    updatedAt: ctx.clock.now(),
  }
  await ctx.transaction(async (db) => {
    // One after the other: a name is taken once.
    await db.next('savedViews')
    await demandName(db, view)
    if ((await db.savedViews.count({ entity: entity.key, owner: user }, MOST_VIEWS)) >= MOST_VIEWS)
      throw new CauceError('view.too-many', { max: MOST_VIEWS })
    await db.savedViews.insert(view)
    await writeAudit(ctx, db, {
      action: 'view.created',
      thing: entity.key,
      label: view.name,
      details: { view: view._id, shared: view.shared, search: view.search },
    })
  })
  return savedViewView(ctx, entity, view)
}
