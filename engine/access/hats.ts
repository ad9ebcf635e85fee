import { as, type Actor, type Ctx, type StandIn } from '../context.ts'
import { packsOf, type EntityInPack } from '../packs/index.ts'
import type { Filter, TaskDoc } from '../persistence/index.ts'
import { standInsOf } from '../substitution/index.ts'
import { actorKeys, can, identityOf, rowFilter } from './permissions.ts'

/**
 * One of the persons whose tasks somebody may do: himself, and each absent one he stands in for. Rights of the absent
 * person hold for that work only: an operation on a task goes on as `actor`, everything else as himself.
 */
export interface Hat {
  actor: Actor
  /** Candidate keys under which a task is this hat's. */
  keys: string[]
  standIn: StandIn | null
}

/** The context of a request, with those whom the person behind it stands in for today. */
export async function withStandIns(ctx: Ctx): Promise<Ctx> {
  const { id, front } = ctx.actor
  if (id === null || front === null) return ctx
  const standsFor = await standInsOf(ctx, { _id: id, front })
  return standsFor.length === 0 ? ctx : as(ctx, { ...ctx.actor, standsFor })
}

/** All hats of the acting person, his own first. */
export async function hatsOf(ctx: Ctx): Promise<Hat[]> {
  const packs = await packsOf(ctx).all(ctx)
  const own: Hat = { actor: ctx.actor, keys: actorKeys(packs, ctx.actor), standIn: null }
  const others = (ctx.actor.standsFor ?? []).map((standIn): Hat => {
    const actor = actingFor(ctx.actor, standIn)
    const personal = `user:${standIn.user.id}`
    const keys = actorKeys(packs, actor).filter((key) => !standIn.onlyRoles || key !== personal)
    return { actor, keys, standIn }
  })
  return [own, ...others]
}

/** The same person, acting for somebody absent: his own name and session, the other's roles, rows and fields. */
function actingFor(actor: Actor, { user, roles }: StandIn): Actor {
  return {
    ...actor,
    name: `${actor.name} en nombre de ${user.name}`,
    roles,
    scope: user.scope,
    standsFor: [],
    onBehalf: { id: user.id, name: user.name },
  }
}

/** Could a task be done under this hat as it stands (whose it is, and the limits of the substitution)? */
export function fits(hat: Hat, task: Pick<TaskDoc, 'process' | 'candidates' | 'assignee'>): boolean {
  const { standIn } = hat
  if (standIn?.processes && !standIn.processes.includes(task.process)) return false
  const isCandidate = task.candidates.some((candidate) => hat.keys.includes(candidate))
  if (task.assignee === null) return isCandidate
  return task.assignee === identityOf(hat.actor) && (!standIn?.onlyRoles || isCandidate)
}

/** The contexts in which the acting person could do this task: as himself first, then for those he stands in for. */
export async function contextsFor(
  ctx: Ctx,
  task: Pick<TaskDoc, 'process' | 'candidates' | 'assignee'>,
): Promise<Ctx[]> {
  if (!ctx.actor.standsFor?.length) return [ctx]
  const fitting = (await hatsOf(ctx)).filter((hat) => fits(hat, task))
  return fitting.map((hat) => (hat.standIn ? as(ctx, hat.actor) : ctx))
}

/** Tasks whose turn is this person's, one filter per key, so that each is one walk along the index of the inbox. */
export function turnsOf(hats: Hat[]): Filter[] {
  const limits = new Map<string, Filter[]>()
  for (const hat of hats) {
    const limit = limitOf(hat)
    for (const key of hat.keys) limits.set(key, [...(limits.get(key) ?? []), limit])
    if (hat.standIn?.onlyRoles) {
      const personal = `user:${hat.standIn.user.id}`
      limits.set(personal, [...(limits.get(personal) ?? []), { ...limit, candidates: { $in: hat.keys } }])
    }
  }
  return [...limits].map(([turn, given]) =>
    given.some((limit) => Object.keys(limit).length === 0) ? { turn } : { turn, $or: given },
  )
}

/** What these hats may do besides their own turn, one filter per key. */
export function alsoOf(hats: Hat[]): Filter[] {
  const notMine = { $nor: turnsOf(hats) }
  return hats.flatMap((hat) => hat.keys.map((key) => ({ also: key, ...notMine, ...limitOf(hat) })))
}

const limitOf = ({ standIn }: Hat): Filter => (standIn?.processes ? { process: { $in: standIn.processes } } : {})

/**
 * The context in which the acting person looks at a record: as himself where he may read it, else for somebody he stands
 * in for, who may read it and has an open task about it.
 */
export async function contextForRecord(ctx: Ctx, entity: EntityInPack, id: string): Promise<Ctx> {
  if (!ctx.actor.standsFor?.length || (await isReadable(ctx, entity, id))) return ctx
  const open = await ctx.db.tasks.find({ 'record.entity': entity.key, 'record.id': id, status: 'open' })
  for (const hat of (await hatsOf(ctx)).filter(({ standIn }) => standIn !== null)) {
    const other = as(ctx, hat.actor)
    if (open.some((task) => fits(hat, task)) && (await isReadable(other, entity, id))) return other
  }
  return ctx
}

/** The context in which the acting person is told what an entity is: of records it opens none. */
export async function contextForEntity(ctx: Ctx, key: string): Promise<Ctx> {
  if (!ctx.actor.standsFor?.length || (await can(ctx, key, 'read'))) return ctx
  for (const { actor } of await hatsOf(ctx)) if (await can(as(ctx, actor), key, 'read')) return as(ctx, actor)
  return ctx
}

async function isReadable(ctx: Ctx, entity: EntityInPack, id: string): Promise<boolean> {
  const filter = rowFilter(ctx, entity, 'read')
  return filter !== null && (await ctx.db.records(entity.key).count({ $and: [filter, { _id: id }] }, 1)) > 0
}
