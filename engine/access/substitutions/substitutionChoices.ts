import type { SubstitutionChoicesView } from '#engine/contract'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { packsOf } from '../../packs/index.ts'

/** Nobody chooses from a longer list; typing narrows it on the page. */
const MAX_PEOPLE = 1000

/** What a substitution may say: colleagues, the absent person's roles, the processes. */
export async function substitutionChoices(ctx: Ctx): Promise<SubstitutionChoicesView> {
  if (ctx.actor.front !== 'staff') throw new CauceError('access.denied')
  const packs = await packsOf(ctx).all(ctx)
  const titleOf = (key: string): string => packs.map(({ pack }) => pack.roles.roles[key]?.title).find(Boolean) ?? key
  const people = await ctx.db.users.find(
    { active: true, front: 'staff' },
    { fields: ['name', 'roles'], sort: { name: 1 }, limit: MAX_PEOPLE },
  )
  return {
    people: people.map(({ _id, name, roles }) => ({
      id: _id,
      name,
      roles: roles.map((key) => ({ key, title: titleOf(key) })),
    })),
    processes: await processChoices(ctx),
  }
}

export async function processChoices(ctx: Ctx): Promise<{ key: string; title: string }[]> {
  const packs = await packsOf(ctx).all(ctx)
  return packs.flatMap(({ processes }) => Object.values(processes).map(({ key, name }) => ({ key, title: name })))
}
