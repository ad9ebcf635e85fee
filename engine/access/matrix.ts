import type { RolesFile } from '#definitions'
import type { Actor } from '../context.ts'

/** Reading the matrix of a pack: pure functions of roles.json and of who asks. Deny by default. */

/** Groups an actor is in: the pack's own, and the built-in `staff` and `portal`. */
export function groupsOf(roles: RolesFile, actor: Actor): string[] {
  const own = Object.entries(roles.groups ?? {})
    .filter(([, group]) => group.roles.some((role) => actor.roles.includes(role)))
    .map(([key]) => key)
  return actor.front ? [...own, actor.front] : own
}

/** The subjects (`role` or `@group`) that stand for this actor in the matrix. */
export function subjectsOf(roles: RolesFile, actor: Actor): string[] {
  return [...actor.roles, ...groupsOf(roles, actor).map((group) => `@${group}`)]
}

/**
 * The subjects whose entry in the matrix grants this action on this thing. A fixed rule stands above the matrix: what it
 * keeps for some, nobody else is granted.
 */
export function granting(roles: RolesFile, actor: Actor, thing: string, action: string): string[] {
  if (!isOpenTo(roles, actor, thing, action)) return []
  const entry = roles.can[thing] ?? {}
  return subjectsOf(roles, actor).filter((subject) => entry[subject]?.split(/\s+/).includes(action))
}

export type FixedRule = NonNullable<RolesFile['fixed']>[number]

/** The fixed rule about this action on this thing; null when the matrix alone decides. */
export function fixedRule(roles: RolesFile, thing: string, action: string): FixedRule | null {
  return (roles.fixed ?? []).find((rule) => rule.thing === thing && rule.action.split(/\s+/).includes(action)) ?? null
}

/** False where a fixed rule keeps the action for others, whatever a matrix, a task or a button says. */
export function isOpenTo(roles: RolesFile, actor: Actor, thing: string, action: string): boolean {
  const rule = fixedRule(roles, thing, action)
  return rule === null || subjectsOf(roles, actor).some((subject) => rule.only.includes(subject))
}

/**
 * The row rules under which the granting subjects see rows; 'all' as soon as one of them is not narrowed. A grant to a
 * group is narrowed by the rules of the actor's roles in it (one role without rule: all); a grant to a role by the
 * role's own rule, else by those of its groups.
 */
export function rowRules(roles: RolesFile, actor: Actor, entity: string, subjects: string[]): string[] | 'all' {
  const rows = roles.rows?.[entity] ?? {}
  const rules: string[] = []
  for (const subject of subjects) {
    const own = rows[subject]
    if (own?.trim() === 'true') return 'all'
    if (own !== undefined) {
      rules.push(own)
      continue
    }
    const narrowing = subject.startsWith('@')
      ? rolesIn(roles, actor, subject.slice(1)).map((role) => rows[role])
      : groupsOf(roles, { ...actor, roles: [subject] })
          .map((group) => rows[`@${group}`])
          .filter((rule) => rule !== undefined)
    if (narrowing.length === 0 || narrowing.includes(undefined)) return 'all'
    rules.push(...(narrowing as string[]))
  }
  return rules
}

/** The actor's roles that make him a member of this group. */
function rolesIn(roles: RolesFile, actor: Actor, group: string): string[] {
  const members = roles.groups?.[group]?.roles
  return members ? actor.roles.filter((role) => members.includes(role)) : actor.roles
}
