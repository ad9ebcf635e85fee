import type { ListView, SubstitutionView } from '#engine/contract'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { Filter } from '../../persistence/index.ts'
import { can } from '../permissions.ts'
import { SUBSTITUTIONS, substitutionViews } from './substitutionViews.ts'

export interface FindSubstitutionsInput {
  /** mine: where I am away or stand in. all: everybody's, for who may `read` them. */
  who: 'mine' | 'all'
  page: number
  size: number
}

/** Substitutions, the latest last day first. */
export async function findSubstitutions(ctx: Ctx, input: FindSubstitutionsInput): Promise<ListView<SubstitutionView>> {
  if (input.who === 'all' && !(await can(ctx, SUBSTITUTIONS, 'read'))) throw new CauceError('access.denied')
  const filter: Filter = input.who === 'all' ? {} : { $or: [{ absent: ctx.actor.id }, { substitute: ctx.actor.id }] }
  const size = Math.min(Math.max(1, input.size), 200)
  const page = Math.max(1, input.page)
  const [rows, total] = await Promise.all([
    ctx.db.substitutions.find(filter, { sort: { to: -1, _id: 1 }, skip: (page - 1) * size, limit: size }),
    ctx.db.substitutions.count(filter, 10_000),
  ])
  return { items: await substitutionViews(ctx, rows), total, page, size }
}
