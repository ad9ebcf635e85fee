import type { SubstitutionView } from '#engine/contract'
import type { Ctx } from '../../context.ts'
import { packsOf } from '../../packs/index.ts'
import type { SubstitutionDoc } from '../../persistence/index.ts'
import { todayOf } from '../../substitution/index.ts'
import { can } from '../permissions.ts'
import { processChoices } from './substitutionChoices.ts'

/** The thing in the matrix: who may see and arrange those of others. */
export const SUBSTITUTIONS = 'substitutions'

/** With names instead of ids. */
export async function substitutionViews(ctx: Ctx, rows: SubstitutionDoc[]): Promise<SubstitutionView[]> {
  const ids = [
    ...new Set(rows.flatMap((row) => [row.absent, row.substitute, row.createdBy]).filter((id) => id !== null)),
  ]
  const people = new Map(
    (await ctx.db.users.find({ _id: { $in: ids } }, { fields: ['name'] })).map((user) => [user._id, user.name]),
  )
  const personOf = (id: string) => ({ id, name: people.get(id) ?? '' })
  const packs = await packsOf(ctx).all(ctx)
  const roleTitle = (key: string): string => packs.map(({ pack }) => pack.roles.roles[key]?.title).find(Boolean) ?? key
  const processes = new Map((await processChoices(ctx)).map(({ key, title }) => [key, title]))
  const mayEndAny = await can(ctx, SUBSTITUTIONS, 'edit')
  const today = todayOf(ctx)
  return rows.map((row) => {
    const status = statusOf(row, today)
    return {
      id: row._id,
      absent: personOf(row.absent),
      substitute: personOf(row.substitute),
      from: row.from,
      to: row.to,
      roles: row.roles.map((key) => ({ key, title: roleTitle(key) })),
      processes: row.processes.map((key) => ({ key, title: processes.get(key) ?? key })),
      note: row.note,
      status,
      createdBy: row.createdBy && row.createdBy !== row.absent ? (people.get(row.createdBy) ?? null) : null,
      mayEnd: (status === 'planned' || status === 'active') && (mayEndAny || row.absent === ctx.actor.id),
    }
  })
}

function statusOf({ from, to, endedAt }: SubstitutionDoc, today: string): SubstitutionView['status'] {
  if (endedAt) return 'ended'
  if (to < today) return 'over'
  return from > today ? 'planned' : 'active'
}
