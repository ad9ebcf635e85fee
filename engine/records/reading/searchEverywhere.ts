import type { SearchGroupView } from '#engine/contract'
import { contextForEntity } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf } from '../../packs/index.ts'
import { listEntities } from '../entity/listEntities.ts'
import { recordSelection } from '../filters/recordSelection.ts'

/** As many of a kind as one looks through before typing on. */
const MOST_OF_A_KIND = 5
/** Shorter texts are in nearly everything. */
const SHORTEST = 2

/**
 * Records of every kind this actor may read whose searched fields contain the words, accents and case apart: the first
 * few of each kind, in the order of its list. One question for all kinds, however many there are.
 */
export async function searchEverywhere(ctx: Ctx, q: string): Promise<SearchGroupView[]> {
  if (q.trim().length < SHORTEST) return []
  const groups = await Promise.all(
    (await listEntities(ctx)).map(async ({ key, title }) => {
      const hat = await contextForEntity(ctx, key)
      const { filter, sort } = await recordSelection(hat, await entityOf(hat, key), { q, filters: {}, ranges: {} })
      const found = await ctx.db.records(key).find(filter, { sort, limit: MOST_OF_A_KIND, fields: ['label'] })
      return { entity: key, title, items: found.map((record) => ({ id: record._id, label: record.label })) }
    }),
  )
  return groups.filter((group) => group.items.length > 0)
}
