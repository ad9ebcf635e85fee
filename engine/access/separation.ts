import type { RolesFile } from '#definitions'
import type { Actor, Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { isOpenTo } from './matrix.ts'
import { identityOf, mayDo } from './permissions.ts'

export type SeparateRule = NonNullable<RolesFile['separate']>[number]

/**
 * The rule that keeps this person from an action, task or button on this record because he did the first of the two
 * things it separates (`separate` in roles.json); null when none does. Whoever acts for somebody counts as both.
 */
export async function separationOf(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  action: string,
): Promise<SeparateRule | null> {
  const people = peopleBehind(ctx.actor)
  if (people.length === 0) return null
  const { installed } = await entityOf(ctx, record.entity)
  for (const rule of installed.pack.roles.separate ?? []) {
    if (rule.then !== `${record.entity}.${action}`) continue
    const [, first = ''] = rule.first.split('.')
    if (await didIt(db, record, first, people)) return rule
  }
  return null
}

/** Why somebody may not take a step of a record's case, though he is asked for it; null when nothing is in the way. */
async function obstacleTo(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  step: string,
): Promise<'access.denied' | 'access.separated' | null> {
  if (ctx.actor.front === null) return null
  const entity = await entityOf(ctx, record.entity)
  const { pack, seedRoles } = entity.installed
  if (!isOpenTo(pack.roles, ctx.actor, entity.key, step)) return 'access.denied'
  if (isNamed(seedRoles, entity.key, step) || isNamed(pack.roles, entity.key, step)) {
    const stored = await db.records(entity.key).get(record.id)
    if (!mayDo(ctx, entity, step, { ...stored?.data, id: record.id })) return 'access.denied'
  }
  return (await separationOf(ctx, db, record, step)) ? 'access.separated' : null
}

/** Does the matrix speak of this step? Then it decides, beside the process; else the process alone says who. */
const isNamed = (roles: RolesFile, thing: string, step: string): boolean =>
  Object.values(roles.can[thing] ?? {}).some((text) => text.split(/\s+/).includes(step))

/**
 * Before a task or a button of a record's case: throws 403 `access.denied` where the matrix or a fixed rule keeps it for
 * others, `access.separated` where this person did the step it is separated from.
 */
export async function demandStep(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  step: string,
): Promise<void> {
  const obstacle = await obstacleTo(ctx, db, record, step)
  if (obstacle) throw new CauceError(obstacle)
}

/** The same as an answer: for buttons and lists. */
export async function mayStep(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  step: string,
): Promise<boolean> {
  return (await obstacleTo(ctx, db, record, step)) === null
}

function peopleBehind(actor: Actor): string[] {
  return [...new Set([actor.id, identityOf(actor)])].filter((id) => id !== null)
}

/** `create` and `edit` are writes of the record; any other name is a task of its cases. */
async function didIt(
  db: Db,
  record: { entity: string; id: string },
  action: string,
  people: string[],
): Promise<boolean> {
  if (action === 'create') {
    const stored = await db.records(record.entity).get(record.id)
    return stored?.createdBy != null && people.includes(stored.createdBy)
  }
  if (action === 'edit') {
    const edits = { entity: record.entity, record: record.id, action: 'record.updated', actor: { $in: people } }
    return (await db.audit.count(edits, 1)) > 0
  }
  const done = { 'record.entity': record.entity, 'record.id': record.id, node: action, status: 'completed' }
  return (await db.tasks.count({ ...done, completedBy: { $in: people } }, 1)) > 0
}
