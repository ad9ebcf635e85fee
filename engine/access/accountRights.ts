import type { AccountDefinition } from '#definitions'
import type { Issue, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, UserDoc } from '../persistence/index.ts'
import { demandRecentPassword } from './recentPassword.ts'
import type { WantedAccount } from './WantedAccount.ts'

/**
 * What nobody may do to an account, whatever rights he has on the record: change his own roles or lock himself out,
 * give or take a protected role that he does not hold, leave a protected role without an active holder, mix the roles of
 * the two fronts. Issues stand at the field that holds the roles.
 */
export async function checkAccountRights(
  ctx: Ctx,
  db: Db,
  definition: AccountDefinition,
  current: UserDoc | null,
  wanted: WantedAccount,
): Promise<Issue[]> {
  const path = typeof definition.roles === 'string' ? definition.roles : ''
  const issues: Issue[] = []
  const refuse = (rule: string, message: string, params: JsonObject = {}): void =>
    void issues.push({ path, rule, params, message, level: 'error' })
  const roles = await knownRoles(ctx)
  const held = current?.roles ?? []
  const given = wanted.roles.filter((role) => !held.includes(role))
  const taken = held.filter((role) => !wanted.roles.includes(role))

  const unknown = given.filter((role) => !roles.get(role) || roles.get(role)?.retired)
  if (unknown.length > 0) refuse('role', 'Elija roles de la lista.')
  if (wanted.active && wanted.roles.length === 0) refuse('role', 'Elija al menos un rol.')
  if (new Set(wanted.roles.map((role) => roles.get(role)?.front ?? 'staff')).size > 1)
    refuse('role', 'No se combinan roles del personal con roles del portal.')

  const isPerson = ctx.actor.front !== null
  // Another's roles, or the address that password links go to, are worth a stolen session: the password was given a
  // moment ago.
  const isMoved = current?.active === true && current.email !== wanted.email
  if (isPerson && current !== null && (given.length + taken.length > 0 || isMoved)) demandRecentPassword(ctx)
  if (isPerson && current !== null && current._id === ctx.actor.id) {
    if (given.length + taken.length > 0) refuse('own-roles', 'Usted no puede cambiar sus propios roles.')
    if (!wanted.active) refuse('own-account', 'Usted no puede desactivar su propio usuario.')
  }
  const isProtected = (role: string): boolean => roles.get(role)?.protected === true
  const foreign = [...given, ...taken].filter((role) => isProtected(role) && !ctx.actor.roles.includes(role))
  if (isPerson && foreign.length > 0)
    refuse('protected-role', `Solo quien tiene el rol «${titleOf(roles, foreign[0])}» puede darlo o quitarlo.`)

  const leaving = current?.active
    ? held.filter((role) => isProtected(role) && (!wanted.active || taken.includes(role)))
    : []
  for (const role of leaving) {
    if (await isLastHolder(db, role, current?._id ?? ''))
      refuse(
        'last-holder',
        `Es el último usuario activo con el rol «${titleOf(roles, role)}»: dé antes ese rol a otra persona.`,
      )
  }
  return issues
}

/**
 * Nobody else holds it actively. The counter makes two transactions that each see the other's holder meet: the second
 * is computed again on what the first left.
 */
async function isLastHolder(db: Db, role: string, leaving: string): Promise<boolean> {
  await db.next(`holders:${role}`)
  return (await db.users.count({ roles: role, active: true, _id: { $ne: leaving } }, 1)) === 0
}

interface KnownRole {
  title: string
  front?: 'staff' | 'portal'
  protected?: boolean
  retired?: boolean
}

async function knownRoles(ctx: Ctx): Promise<Map<string, KnownRole>> {
  const packs = await packsOf(ctx).all(ctx)
  return new Map(packs.flatMap(({ pack }) => Object.entries(pack.roles.roles)))
}

const titleOf = (roles: Map<string, KnownRole>, role: string | undefined): string =>
  roles.get(role ?? '')?.title ?? role ?? ''
