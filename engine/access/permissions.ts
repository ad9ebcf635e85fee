import { compileRule, valueAt, type JsonObject, type RuleEnvironment } from '#forms'
import type { Actor, Ctx } from '../context.ts'
import { packsOf, type EntityInPack, type InstalledPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import type { Candidate } from '../bpmn/index.ts'
import { granting, groupsOf, rowRules, subjectsOf } from './matrix.ts'
import { CauceError } from '../errors.ts'

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
