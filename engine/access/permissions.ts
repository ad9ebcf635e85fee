import type { RolesFile } from '#definitions'
import { compileRule, type JsonObject, type RuleEnvironment } from '#forms'
import type { Actor, Ctx } from '../context.ts'
import { packsOf, type EntityInPack, type InstalledPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import type { Candidate } from '../bpmn/index.ts'
import { CauceError } from '../errors.ts'

/** Groups an actor is in: the pack's own, and the built-in `staff` and `portal`. */
function groupsOf(roles: RolesFile, actor: Actor): string[] {
  const own = Object.entries(roles.groups ?? {})
    .filter(([, group]) => group.roles.some((role) => actor.roles.includes(role)))
    .map(([key]) => key)
  return actor.front ? [...own, actor.front] : own
}

/** The subjects (`role` or `@group`) that stand for this actor in the matrix. */
export function subjectsOf(roles: RolesFile, actor: Actor): string[] {
  return [...actor.roles, ...groupsOf(roles, actor).map((group) => `@${group}`)]
}

/** The subjects whose entry in the matrix grants this action on this thing. */
function granting(roles: RolesFile, actor: Actor, thing: string, action: string): string[] {
  const entry = roles.can[thing] ?? {}
  return subjectsOf(roles, actor).filter((subject) => entry[subject]?.split(/\s+/).includes(action))
}

/** May this actor do this at all? Rows are another question (`rowFilter`). Deny by default. */
export async function can(ctx: Ctx, thing: string, action: string): Promise<boolean> {
  if (ctx.actor.front === null) return true
  const packs = await packsOf(ctx).all(ctx)
  return packs.some((installed) => granting(installed.pack.roles, ctx.actor, thing, action).length > 0)
}

/** Throws 403 unless `can`. */
export async function demand(ctx: Ctx, thing: string, action: string): Promise<void> {
  if (!(await can(ctx, thing, action))) throw new CauceError('access.denied')
}

/**
 * The rows of an entity this actor may do this with, as a query filter; null when none. Several roles add up: each pair
 * of action and row rule counts by itself. A role without row rule sees all rows.
 */
export function rowFilter(ctx: Ctx, entity: EntityInPack, action: string): Filter | null {
  const { actor } = ctx
  if (actor.front === null) return {}
  const { roles } = entity.installed.pack
  const subjects = granting(roles, actor, entity.key, action)
  if (subjects.length === 0) return null
  const rules = rowRules(roles, actor, entity.key, subjects)
  if (rules === 'all') return {}
  const environment = ruleEnvironment(ctx)
  const filters = rules.map((rule) => compileRule(rule).toFilter(environment))
  return filters.length === 1 ? (filters[0] ?? null) : { $or: filters }
}

/** The same for one record in hand. */
export function mayDo(ctx: Ctx, entity: EntityInPack, action: string, record: JsonObject): boolean {
  if (ctx.actor.front === null) return true
  const { roles } = entity.installed.pack
  const subjects = granting(roles, ctx.actor, entity.key, action)
  if (subjects.length === 0) return false
  const rules = rowRules(roles, ctx.actor, entity.key, subjects)
  if (rules === 'all') return true
  const environment = ruleEnvironment(ctx)
  return rules.some((rule) => compileRule(rule).test(record, environment))
}

/**
 * The row rules under which the granting subjects see rows; 'all' as soon as one of them is not narrowed. A grant to a
 * group is narrowed by the rules of the actor's roles in it (one role without rule: all); a grant to a role by the
 * role's own rule, else by those of its groups.
 */
function rowRules(roles: RolesFile, actor: Actor, entity: string, subjects: string[]): string[] | 'all' {
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

/** What row rules read besides the row: who asks, and what day it is. */
export function ruleEnvironment(ctx: Ctx): RuleEnvironment {
  return { actor: expressionActor(ctx.actor), now: ctx.clock.now(), timeZone: ctx.config.timeZone }
}

/** The actor as expressions and row rules see him. */
export function expressionActor(actor: Actor): RuleEnvironment['actor'] & object {
  return { id: identityOf(actor), roles: actor.roles, front: actor.front, ...actor.scope }
}

/** Whose work it is: the absent person's where somebody stands in for him, else his own. */
export const identityOf = (actor: Actor): string | null => actor.onBehalf?.id ?? actor.id

/** Fields this actor may read, and those he may edit, of an entity. */
export function fieldRights(ctx: Ctx, entity: EntityInPack): { read: Set<string>; edit: Set<string> } {
  const { actor } = ctx
  const names = Object.keys(entity.definition.properties)
  const read = new Set<string>()
  const edit = new Set<string>()
  const { roles } = entity.installed.pack
  const subjects = subjectsOf(roles, actor)
  const rules = roles.fields?.[entity.key] ?? {}
  for (const name of names) {
    const property = entity.definition.properties[name]
    if (actor.front === null) {
      read.add(name)
      edit.add(name)
      continue
    }
    if (property?.['x-audience'] === 'staff' && actor.front !== 'staff') continue
    const rule = rules[name]
    if (!rule?.read || rule.read.some((subject) => subjects.includes(subject))) read.add(name)
    if ((!rule?.edit || rule.edit.some((subject) => subjects.includes(subject))) && read.has(name)) edit.add(name)
  }
  return { read, edit }
}

/** What an open task's candidates are matched against. */
export async function candidateKeysOf(ctx: Ctx): Promise<string[]> {
  const packs = await packsOf(ctx).all(ctx)
  return actorKeys(packs, ctx.actor)
}

export function actorKeys(packs: InstalledPack[], actor: Actor): string[] {
  const groups = new Set(packs.flatMap((installed) => groupsOf(installed.pack.roles, actor)))
  const parties = Object.values(actor.scope).flat()
  return [
    ...actor.roles.map((role) => `role:${role}`),
    ...[...groups].map((group) => `group:${group}`),
    ...(actor.id ? [`user:${identityOf(actor)}`] : []),
    ...parties.flatMap((record) => [`party:${record}:*`, ...actor.roles.map((role) => `party:${record}:${role}`)]),
  ]
}

/** May this actor stand for this candidate? `record` gives the party's path. */
export function isCandidate(
  packs: InstalledPack[],
  actor: Actor,
  candidates: Candidate[],
  record: JsonObject,
): boolean {
  if (actor.front === null) return true
  const keys = new Set(actorKeys(packs, actor))
  return candidates.some((candidate) => {
    if (candidate.party) {
      const value = valueAt({ record }, candidate.party)
      return typeof value === 'string' && keys.has(`party:${value}:${candidate.role ?? '*'}`)
    }
    if (candidate.role) return keys.has(`role:${candidate.role}`)
    if (candidate.group) return keys.has(`group:${candidate.group}`)
    return candidate.user !== undefined && keys.has(`user:${candidate.user}`)
  })
}

function valueAt(root: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as JsonObject | null | undefined)?.[name], root)
}
