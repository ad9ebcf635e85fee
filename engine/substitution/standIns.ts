import { todayIn } from '#forms'
import type { Ctx, StandIn } from '../context.ts'
import { Fresh } from '../fresh.ts'
import { kept } from '../kept.ts'
import type { Db, SubstitutionDoc, UserDoc } from '../persistence/index.ts'
import { coversFrom, type Cover } from './coversFrom.ts'

/** Whom this account may stand in for today, through as many hands as it takes (A away, B away: C does both). */
export async function standInsOf(ctx: Ctx, user: Pick<UserDoc, '_id' | 'front'>): Promise<StandIn[]> {
  if (user.front !== 'staff') return []
  const all = await inForceToday(ctx).get(ctx)
  if (!all.some(({ substitute }) => substitute === user._id)) return []
  const covers = coversFrom(user._id, all, 'absent')
  const people = await activeStaff(ctx.db, [...covers.keys()])
  return people.flatMap((person) =>
    (covers.get(person._id) ?? []).map((cover) => ({
      user: { id: person._id, name: person.name, scope: person.scope },
      roles: rolesUnder(cover, person.roles),
      onlyRoles: cover.roles !== null,
      processes: cover.processes,
      until: cover.until,
    })),
  )
}

/** A person who gets what is meant for somebody absent. */
export interface Substitute {
  user: UserDoc
  absent: string
  cover: Cover
}

/** Who stands in today for these accounts. */
export async function substitutesOf(ctx: Ctx, db: Db, absent: string[]): Promise<Substitute[]> {
  const today = todayOf(ctx)
  const all = absent.length > 0 ? await inForce(db, today) : []
  if (all.length === 0) return []
  const found = absent.flatMap((id) =>
    [...coversFrom(id, all, 'substitute')].flatMap(([user, covers]) =>
      covers.map((cover) => ({ user, absent: id, cover })),
    ),
  )
  const people = new Map(
    (
      await activeStaff(
        db,
        found.map(({ user }) => user),
      )
    ).map((user) => [user._id, user]),
  )
  return found.flatMap(({ user, ...rest }) => {
    const person = people.get(user)
    return person ? [{ user: person, ...rest }] : []
  })
}

/** Today, where the installation is: a substitution begins and ends with the day. */
export const todayOf = (ctx: Ctx): string => todayIn(ctx.clock.now(), ctx.config.timeZone)

const inForce = (db: Db, today: string): Promise<SubstitutionDoc[]> =>
  db.substitutions.find({ from: { $lte: today }, to: { $gte: today }, endedAt: null })

/** Every request asks who is away today. */
const inForceToday = kept('substitutions', () => new Fresh((ctx) => inForce(ctx.db, todayOf(ctx))))

/** To be called after a change: this process sees it at once. */
export const forgetSubstitutions = (ctx: Ctx): void => inForceToday(ctx).forget()

const activeStaff = (db: Db, ids: string[]): Promise<UserDoc[]> =>
  db.users.find({ _id: { $in: ids }, active: true, front: 'staff' })

const rolesUnder = ({ roles }: Cover, held: string[]): string[] =>
  roles === null ? held : held.filter((role) => roles.includes(role))
